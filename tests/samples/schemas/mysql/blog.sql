-- A content management system: keys that point around in a circle, other engines and character sets.
CREATE TABLE author (id INT AUTO_INCREMENT PRIMARY KEY, login VARCHAR(30) COLLATE utf8mb4_bin NOT NULL UNIQUE, favourite_post_id INT, bio VARCHAR(500) DEFAULT 'nothing "yet"\\', born YEAR) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE post (
    id INT AUTO_INCREMENT PRIMARY KEY,
    author_id INT NOT NULL,
    slug VARCHAR(80) NOT NULL,
    title VARCHAR(200) NOT NULL,
    body LONGTEXT NOT NULL,
    state ENUM('draft', 'review', 'published') NOT NULL DEFAULT 'draft',
    published_at DATETIME(3),
    reading_minutes INT GENERATED ALWAYS AS (char_length(body) DIV 1000 + 1) VIRTUAL,
    UNIQUE KEY uq_post_slug (author_id, slug),
    CONSTRAINT fk_post_author FOREIGN KEY (author_id) REFERENCES author (id),
    CONSTRAINT ck_published CHECK (state <> 'published' OR published_at IS NOT NULL)
) ROW_FORMAT=DYNAMIC;
ALTER TABLE author ADD CONSTRAINT fk_author_favourite FOREIGN KEY (favourite_post_id) REFERENCES post (id) ON DELETE SET NULL;
CREATE TABLE page (id INT NOT NULL AUTO_INCREMENT, parent_id INT, path VARCHAR(190) NOT NULL, title TEXT, weight FLOAT NOT NULL DEFAULT 0.5, PRIMARY KEY (id), UNIQUE KEY path (path), KEY parent_id (parent_id), CONSTRAINT page_parent FOREIGN KEY (parent_id) REFERENCES page (id));
CREATE TABLE tag (name VARCHAR(40) NOT NULL PRIMARY KEY, description TEXT, parent VARCHAR(40), FOREIGN KEY (parent) REFERENCES tag (name) ON UPDATE CASCADE);
CREATE TABLE post_tag (post_id INT NOT NULL, tag_name VARCHAR(40) NOT NULL, PRIMARY KEY (tag_name, post_id), CONSTRAINT fk_post_tag_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE, CONSTRAINT fk_post_tag_tag FOREIGN KEY (tag_name) REFERENCES tag (name));
CREATE TABLE comment (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    post_id INT NOT NULL,
    parent_id BIGINT,
    body TEXT NOT NULL,
    rating TINYINT CHECK (rating IS NULL OR rating BETWEEN 1 AND 5),
    ip VARBINARY(16),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    KEY ix_comment_post (post_id, created_at),
    CONSTRAINT fk_comment_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE,
    CONSTRAINT fk_comment_parent FOREIGN KEY (parent_id) REFERENCES comment (id)
);
CREATE TABLE media (id BINARY(16) NOT NULL PRIMARY KEY, sha256 BINARY(32) NOT NULL UNIQUE, mime_type VARCHAR(100) NOT NULL, bytes LONGBLOB NOT NULL, thumbnail BLOB) COMMENT='of the bytes,\nnot of the name';
CREATE TABLE menu (id SMALLINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, name TINYTEXT NOT NULL);
CREATE TABLE menu_item (menu_id SMALLINT UNSIGNED NOT NULL, position INT NOT NULL, page_id INT, label VARCHAR(50), PRIMARY KEY (menu_id, position), FOREIGN KEY (menu_id) REFERENCES menu (id) ON DELETE CASCADE, FOREIGN KEY (page_id) REFERENCES page (id));
CREATE TABLE setting (`key` VARCHAR(100) PRIMARY KEY, value TEXT, `type of` VARCHAR(20) NOT NULL DEFAULT 'text', `Mixed Case` BIT(1) DEFAULT b'1', secret VARCHAR(20) INVISIBLE) ENGINE=MyISAM;
CREATE TABLE redirect (source VARCHAR(190) NOT NULL, target VARCHAR(500) NOT NULL, hits BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (source) USING BTREE, KEY ix_redirect_hits (hits) COMMENT 'for the report') ENGINE=MyISAM DEFAULT CHARSET=latin1;
CREATE TABLE visit (id BIGINT NOT NULL, day DATE NOT NULL, path VARCHAR(190), PRIMARY KEY (id, day)) PARTITION BY RANGE (year(day)) (PARTITION p2025 VALUES LESS THAN (2026), PARTITION rest VALUES LESS THAN MAXVALUE);
-- views and triggers
CREATE VIEW latest_post AS SELECT p.id, p.title, a.login FROM post p JOIN author a ON a.id = p.author_id;

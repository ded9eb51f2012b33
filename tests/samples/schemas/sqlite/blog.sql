-- A content management system: full-text search, STRICT tables, keys that point around in a circle.
CREATE TABLE author (id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, favourite_post_id INTEGER REFERENCES post (id) ON DELETE SET NULL, bio TEXT DEFAULT 'nothing "yet"') STRICT;
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES author (id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL DEFAULT '',
    published_at TEXT,
    reading_minutes INTEGER GENERATED ALWAYS AS (length(body) / 1000 + 1) VIRTUAL,
    UNIQUE (author_id, slug)
) STRICT;
CREATE TABLE page (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES page, path TEXT NOT NULL UNIQUE, title TEXT, weight REAL NOT NULL DEFAULT 0.5);
CREATE TABLE tag (name TEXT NOT NULL COLLATE NOCASE PRIMARY KEY, description TEXT) WITHOUT ROWID;
CREATE TABLE post_tag (post_id INTEGER NOT NULL, tag_name TEXT NOT NULL COLLATE NOCASE, PRIMARY KEY (post_id, tag_name), FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE, FOREIGN KEY (tag_name) REFERENCES tag (name));
CREATE TABLE comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL CONSTRAINT fk_comment_post REFERENCES post (id) ON DELETE CASCADE,
    parent_id INTEGER CONSTRAINT fk_comment_parent REFERENCES comment (id),
    body TEXT NOT NULL,
    rating INTEGER CONSTRAINT ck_rating CHECK (rating IS NULL OR rating BETWEEN 1 AND 5),
    created_at INTEGER NOT NULL DEFAULT (strftime('%s', 'now'))
);
CREATE INDEX ix_comment_post ON comment (post_id, created_at);
CREATE TABLE media (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, mime_type TEXT NOT NULL, bytes BLOB NOT NULL, CHECK (length(sha256) = 32));
CREATE TABLE menu (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE menu_item (menu_id INTEGER NOT NULL REFERENCES menu ON DELETE CASCADE, position INTEGER NOT NULL, page_id INTEGER REFERENCES page (id), label TEXT, PRIMARY KEY (menu_id, position DESC));
CREATE TABLE setting ([key] TEXT PRIMARY KEY NOT NULL, `value` ANY, "type of" TEXT NOT NULL DEFAULT 'text') STRICT, WITHOUT ROWID;
CREATE TABLE redirect (source TEXT PRIMARY KEY ON CONFLICT REPLACE, target TEXT NOT NULL);
CREATE VIRTUAL TABLE post_search USING fts5(title, body, content='post', content_rowid='id');
CREATE INDEX ix_post_published ON post (published_at DESC) WHERE published_at IS NOT NULL;
CREATE INDEX ix_post_title ON post (title COLLATE NOCASE, id);
-- views and triggers
CREATE TRIGGER post_ai AFTER INSERT ON post BEGIN INSERT INTO post_search (rowid, title, body) VALUES (new.id, new.title, new.body); END;
CREATE VIEW latest_post AS SELECT p.id, p.title, a.login FROM post p JOIN author a ON a.id = p.author_id ORDER BY p.published_at DESC LIMIT 10;

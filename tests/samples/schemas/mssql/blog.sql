-- A content management system: keys that point around in a circle, a sequence, computed columns, indexes with conditions.
CREATE TABLE author (
    id int IDENTITY PRIMARY KEY,
    login nvarchar(30) NOT NULL CONSTRAINT uq_author_login UNIQUE,
    favourite_post_id int,
    bio nvarchar(max) DEFAULT N'nothing "yet"\',
    born date,
    version rowversion NOT NULL
);
CREATE TABLE post (
    id int IDENTITY(100, 5) CONSTRAINT pk_post PRIMARY KEY,
    author_id int NOT NULL REFERENCES author (id),
    slug varchar(80) NOT NULL,
    title nvarchar(200) COLLATE Latin1_General_CS_AS NOT NULL,
    body nvarchar(max) NOT NULL DEFAULT '',
    state varchar(10) NOT NULL DEFAULT 'draft' CONSTRAINT ck_post_state CHECK (state IN ('draft', 'review', 'published')),
    published_at datetime2(3),
    reading_minutes AS (LEN(body) / 1000 + 1),
    CONSTRAINT uq_post_slug UNIQUE (author_id, slug),
    CONSTRAINT ck_published CHECK (state <> 'published' OR published_at IS NOT NULL)
);
ALTER TABLE author ADD CONSTRAINT fk_author_favourite FOREIGN KEY (favourite_post_id) REFERENCES post (id);
CREATE TABLE page (id int NOT NULL, parent_id int REFERENCES page (id), path varchar(400) NOT NULL UNIQUE, weight real NOT NULL DEFAULT 0.5, CONSTRAINT pk_page PRIMARY KEY (id));
CREATE TABLE tag (name varchar(40) PRIMARY KEY, description varchar(max), parent varchar(40) REFERENCES tag (name));
CREATE TABLE post_tag (post_id int REFERENCES post (id) ON DELETE CASCADE, tag_name varchar(40) REFERENCES tag (name), PRIMARY KEY (tag_name, post_id));
CREATE TABLE comment (
    id bigint IDENTITY PRIMARY KEY,
    post_id int NOT NULL CONSTRAINT fk_comment_post REFERENCES post (id) ON DELETE CASCADE,
    parent_id bigint CONSTRAINT fk_comment_parent REFERENCES comment (id),
    body nvarchar(max) NOT NULL,
    rating smallint CONSTRAINT ck_rating CHECK (rating IS NULL OR rating BETWEEN 1 AND 5),
    created_at datetimeoffset NOT NULL DEFAULT SYSDATETIMEOFFSET()
);
CREATE INDEX ix_comment_post ON comment (post_id, created_at DESC) INCLUDE (rating);
CREATE TABLE media (id uniqueidentifier PRIMARY KEY DEFAULT NEWID(), sha256 varbinary(32) NOT NULL UNIQUE, bytes varbinary(max) NOT NULL, length AS (DATALENGTH(bytes)), CHECK (DATALENGTH(sha256) = 32));
EXEC sys.sp_addextendedproperty 'MS_Description', N'it''s of the bytes', 'SCHEMA', 'dbo', 'TABLE', 'media', 'COLUMN', 'sha256';
EXEC sys.sp_addextendedproperty 'MS_Description', N'what is uploaded', 'SCHEMA', 'dbo', 'TABLE', 'media';
CREATE TABLE menu (id smallint IDENTITY PRIMARY KEY, name nvarchar(50) NOT NULL);
CREATE TABLE menu_item (menu_id smallint NOT NULL REFERENCES menu (id) ON DELETE CASCADE, position int NOT NULL, page_id int REFERENCES page (id), label nvarchar(80), PRIMARY KEY (menu_id, position));
CREATE TABLE setting ([key] varchar(60) PRIMARY KEY, value nvarchar(max), [type of] varchar(10) NOT NULL DEFAULT 'text', [Mixed Case] bit DEFAULT 0);
CREATE TABLE redirect (source varchar(400) PRIMARY KEY, target varchar(400) NOT NULL, hits bigint NOT NULL DEFAULT 0, price money, CHECK (source <> target));
CREATE INDEX ix_post_published ON post (published_at DESC) WHERE published_at IS NOT NULL;
CREATE UNIQUE INDEX ux_post_title ON post (title, id);
GO
-- views and triggers
CREATE SEQUENCE ticket AS int START WITH 5 INCREMENT BY 2;
GO
CREATE VIEW latest_post AS SELECT p.id, p.title, a.login FROM dbo.post p JOIN dbo.author a ON a.id = p.author_id;
GO
CREATE VIEW latest_login AS SELECT login FROM dbo.latest_post;
GO
CREATE FUNCTION doubled (@n int) RETURNS int AS BEGIN RETURN @n * 2 END;
GO
CREATE PROCEDURE forget (@id int) AS DELETE FROM dbo.comment WHERE id = @id;
GO
CREATE TRIGGER redirect_hits ON redirect AFTER INSERT AS UPDATE r SET hits = 1 FROM dbo.redirect r JOIN inserted i ON i.source = r.source;

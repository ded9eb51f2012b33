-- A web shop: the usual spellings, self references, partial and expression indexes, generated columns.
CREATE TABLE customer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name TEXT NOT NULL CHECK (length(name) > 0),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    is_active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE address (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    street VARCHAR(200) NOT NULL,
    city VARCHAR(100) NOT NULL,
    country CHAR(2) NOT NULL DEFAULT 'DE',
    CONSTRAINT ck_address_country CHECK (country = upper(country))
);
CREATE INDEX ix_address_customer ON address (customer_id);
CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES category (id) ON DELETE SET NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    CONSTRAINT uq_category_slug UNIQUE (parent_id, slug)
);
CREATE TABLE product (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sku TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    net_price NUMERIC(10, 2) NOT NULL CHECK (net_price >= 0),
    tax_rate NUMERIC(4, 3) NOT NULL DEFAULT 0.19,
    gross_price NUMERIC(10, 2) GENERATED ALWAYS AS (round(net_price * (1 + tax_rate), 2)) STORED,
    search_name TEXT AS (lower(title)) VIRTUAL,
    attributes JSON NOT NULL DEFAULT '{}',
    UNIQUE (sku)
);
CREATE INDEX ix_product_title ON product (lower(title));
CREATE INDEX ix_product_expensive ON product (net_price DESC) WHERE net_price > 1000;
CREATE TABLE product_category (
    product_id INTEGER NOT NULL,
    category_id INTEGER NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (product_id, category_id),
    FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_pc_category FOREIGN KEY (category_id) REFERENCES category (id)
);
CREATE TABLE product_image (id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES product, data BLOB, width INT, height INT, CHECK (width > 0 AND height > 0));
CREATE TABLE cart (
    token TEXT PRIMARY KEY,
    customer_id INTEGER,
    expires_at DATETIME NOT NULL DEFAULT (datetime('now', '+7 days')),
    FOREIGN KEY (customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE cart_item (
    cart_token TEXT NOT NULL REFERENCES cart (token) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES product (id),
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 99),
    PRIMARY KEY (cart_token, product_id)
) WITHOUT ROWID;
CREATE TABLE "order" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE RESTRICT,
    shipping_address_id INTEGER REFERENCES address (id),
    billing_address_id INTEGER REFERENCES address (id),
    status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'paid', 'sent', 'it''s back')),
    total NUMERIC NOT NULL,
    placed_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX ux_order_number ON "order" (number COLLATE NOCASE);
CREATE INDEX ix_order_open ON "order" (customer_id, placed_at DESC) WHERE status = 'new';
CREATE TABLE order_line (
    order_id INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    line_no INTEGER NOT NULL,
    product_id INTEGER REFERENCES product (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price NUMERIC(10, 2) NOT NULL,
    line_total NUMERIC(12, 2) AS (quantity * unit_price),
    CONSTRAINT pk_order_line PRIMARY KEY (order_id, line_no)
);
CREATE TABLE payment (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL UNIQUE REFERENCES "order" (id),
    amount NUMERIC(10, 2) NOT NULL,
    method TEXT NOT NULL,
    reference TEXT UNIQUE ON CONFLICT IGNORE
);
-- views and triggers
CREATE VIEW open_order AS SELECT * FROM "order" WHERE status = 'new';
CREATE TRIGGER tr_order_total AFTER INSERT ON order_line BEGIN UPDATE "order" SET total = total + NEW.quantity * NEW.unit_price WHERE id = NEW.order_id; END;

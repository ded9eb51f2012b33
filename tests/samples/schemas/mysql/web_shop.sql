-- A web shop: AUTO_INCREMENT, ENUM, generated columns, prefix, descending and full-text indexes, comments, ON UPDATE.
CREATE TABLE customer (
    id INT AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(190) NOT NULL UNIQUE,
    name VARCHAR(100) NOT NULL CHECK (char_length(name) > 0),
    birthday DATE,
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    changed_at DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
    preferences JSON
) COMMENT='Who buys; "guests" have no row';
CREATE TABLE address (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    customer_id INT NOT NULL,
    street VARCHAR(200) NOT NULL COMMENT 'with the number, it''s one text',
    city VARCHAR(100) CHARACTER SET latin1 NOT NULL,
    country CHAR(2) NOT NULL DEFAULT 'DE',
    PRIMARY KEY (id),
    KEY ix_address_customer (customer_id),
    CONSTRAINT fk_address_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE,
    CONSTRAINT ck_address_country CHECK (country = upper(country))
) AUTO_INCREMENT=1000;
CREATE TABLE category (
    id INT AUTO_INCREMENT PRIMARY KEY,
    parent_id INT,
    slug VARCHAR(80) NOT NULL,
    title TEXT NOT NULL,
    UNIQUE KEY uq_category_slug (parent_id, slug),
    FOREIGN KEY (parent_id) REFERENCES category (id) ON DELETE SET NULL
);
CREATE TABLE product (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    sku VARCHAR(40) NOT NULL,
    title VARCHAR(200) NOT NULL,
    description MEDIUMTEXT,
    net_price DECIMAL(10, 2) NOT NULL,
    tax_rate DECIMAL(4, 3) NOT NULL DEFAULT 0.19,
    gross_price DECIMAL(10, 2) AS (round(net_price * (1 + tax_rate), 2)) STORED,
    search_name VARCHAR(200) AS (lower(title)) VIRTUAL,
    size ENUM('S', 'M', 'L', 'it''s big') NOT NULL DEFAULT 'M',
    flags SET('new', 'sale') DEFAULT 'new',
    weight DOUBLE UNSIGNED,
    UNIQUE KEY sku (sku),
    KEY ix_product_title (title(20), net_price),
    KEY ix_product_search (search_name),
    FULLTEXT KEY ft_product (title, description),
    CONSTRAINT ck_product_price CHECK (net_price >= 0)
) ENGINE=InnoDB;
CREATE TABLE product_category (
    product_id BIGINT NOT NULL,
    category_id INT NOT NULL,
    position SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (product_id, category_id),
    CONSTRAINT fk_pc_product FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_pc_category FOREIGN KEY (category_id) REFERENCES category (id)
);
CREATE TABLE product_image (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, product_id BIGINT NOT NULL, data LONGBLOB, width INT UNSIGNED, height INT UNSIGNED, FOREIGN KEY (product_id) REFERENCES product (id), CHECK (width > 0 AND height > 0));
CREATE TABLE cart (token CHAR(36) NOT NULL DEFAULT (uuid()) PRIMARY KEY, customer_id INT, expires_at DATETIME NOT NULL DEFAULT (current_timestamp() + INTERVAL 7 DAY), FOREIGN KEY (customer_id) REFERENCES customer (id));
CREATE TABLE cart_item (cart_token CHAR(36) NOT NULL, product_id BIGINT NOT NULL, quantity TINYINT UNSIGNED NOT NULL DEFAULT 1, PRIMARY KEY (cart_token, product_id), FOREIGN KEY (cart_token) REFERENCES cart (token) ON DELETE CASCADE, FOREIGN KEY (product_id) REFERENCES product (id));
CREATE TABLE `order` (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    number VARCHAR(20) NOT NULL,
    customer_id INT NOT NULL,
    shipping_address_id BIGINT UNSIGNED,
    billing_address_id BIGINT UNSIGNED,
    status ENUM('new', 'paid', 'sent') NOT NULL DEFAULT 'new',
    total DECIMAL(12, 2) NOT NULL,
    placed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY ux_order_number (number),
    KEY ix_order_open (status, placed_at),
    CONSTRAINT fk_order_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_shipping FOREIGN KEY (shipping_address_id) REFERENCES address (id) ON DELETE SET NULL,
    CONSTRAINT fk_order_billing FOREIGN KEY (billing_address_id) REFERENCES address (id) ON UPDATE CASCADE
);
CREATE TABLE order_line (
    order_id BIGINT NOT NULL,
    line_no SMALLINT NOT NULL,
    product_id BIGINT,
    title VARCHAR(200) NOT NULL,
    quantity INT NOT NULL,
    unit_price DECIMAL(10, 2) NOT NULL,
    line_total DECIMAL(12, 2) GENERATED ALWAYS AS (quantity * unit_price) VIRTUAL,
    PRIMARY KEY (order_id, line_no),
    CONSTRAINT fk_line_order FOREIGN KEY (order_id) REFERENCES `order` (id) ON DELETE CASCADE,
    CONSTRAINT fk_line_product FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE SET NULL
);
CREATE TABLE payment (id INT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT NOT NULL UNIQUE, amount DECIMAL(10, 2) NOT NULL, method VARCHAR(20) NOT NULL DEFAULT 'card', details JSON DEFAULT ('{}'), FOREIGN KEY (order_id) REFERENCES `order` (id));
-- views and triggers
CREATE VIEW open_order AS SELECT id, number FROM `order` WHERE status = 'new';
CREATE TRIGGER tr_order_total AFTER INSERT ON order_line FOR EACH ROW UPDATE `order` SET total = total + NEW.quantity * NEW.unit_price WHERE id = NEW.order_id;

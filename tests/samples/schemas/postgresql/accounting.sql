-- Double-entry book-keeping: composite keys all the way down, exact numbers, many checks, deferrable keys.
CREATE TABLE company (code char(4) PRIMARY KEY, name text NOT NULL, currency char(3) NOT NULL DEFAULT 'EUR', CHECK (char_length(code) = 4));
CREATE TABLE fiscal_year (company char(4) NOT NULL REFERENCES company (code), year integer NOT NULL, starts date NOT NULL, ends date NOT NULL, closed boolean NOT NULL DEFAULT false, PRIMARY KEY (company, year), CONSTRAINT ck_fiscal_year CHECK (starts < ends));
CREATE TABLE period (company char(4) NOT NULL, year integer NOT NULL, no integer NOT NULL CHECK (no BETWEEN 1 AND 13), PRIMARY KEY (company, year, no), FOREIGN KEY (company, year) REFERENCES fiscal_year (company, year) ON UPDATE CASCADE);
CREATE TABLE account_type (code text PRIMARY KEY, sign integer NOT NULL DEFAULT 1 CHECK (sign IN (-1, 1)));
CREATE TABLE account (
    company char(4) NOT NULL REFERENCES company, number varchar(10) NOT NULL, name text NOT NULL, type text NOT NULL REFERENCES account_type, parent varchar(10),
    PRIMARY KEY (company, number),
    FOREIGN KEY (company, parent) REFERENCES account (company, number) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE tax_code (id integer PRIMARY KEY, rate numeric(5, 2) NOT NULL DEFAULT 0, valid_from date NOT NULL DEFAULT '2000-01-01', valid_to date DEFAULT 'infinity', UNIQUE (rate, valid_from), CHECK (valid_to IS NULL OR valid_to > valid_from));
CREATE TABLE partner (id bigint GENERATED ALWAYS AS IDENTITY (MINVALUE 10 MAXVALUE 99999 CYCLE CACHE 5) PRIMARY KEY, kind text NOT NULL DEFAULT 'customer' CHECK (kind IN ('customer', 'supplier')), name text NOT NULL, vat_id text, credit_limit numeric(15, 2) DEFAULT -1.5, CONSTRAINT uq_partner_vat UNIQUE (vat_id));
CREATE TABLE voucher (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, company char(4) NOT NULL, year integer NOT NULL, period integer NOT NULL, number integer NOT NULL, partner_id bigint REFERENCES partner,
    booked_at timestamp NOT NULL DEFAULT LOCALTIMESTAMP, note text, reversed_by bigint,
    UNIQUE (company, year, number), FOREIGN KEY (company, year, period) REFERENCES period (company, year, no)
);
CREATE TABLE reversal (id bigint PRIMARY KEY, voucher_id bigint NOT NULL REFERENCES voucher, reason text NOT NULL, approved_in bigint);
CREATE TABLE approval (id bigint PRIMARY KEY, reversal_id bigint NOT NULL REFERENCES reversal DEFERRABLE);
ALTER TABLE voucher ADD FOREIGN KEY (reversed_by) REFERENCES reversal;
ALTER TABLE reversal ADD CONSTRAINT fk_reversal_approval FOREIGN KEY (approved_in) REFERENCES approval;
CREATE TABLE posting (
    voucher_id bigint NOT NULL REFERENCES voucher ON DELETE CASCADE, line integer NOT NULL, company char(4) NOT NULL, account varchar(10) NOT NULL,
    debit numeric(15, 2) NOT NULL DEFAULT 0, credit numeric(15, 2) NOT NULL DEFAULT 0, tax_code integer REFERENCES tax_code,
    balance numeric(15, 2) GENERATED ALWAYS AS (debit - credit) STORED,
    PRIMARY KEY (voucher_id, line), CONSTRAINT fk_posting_account FOREIGN KEY (company, account) REFERENCES account (company, number) MATCH FULL,
    CONSTRAINT ck_one_side CHECK ((debit = 0) <> (credit = 0)), CHECK (debit >= 0 AND credit >= 0)
);
CREATE INDEX ix_posting_account ON posting (company, account, voucher_id DESC);
CREATE TABLE exchange_rate (base char(3), quote char(3), day date, rate double precision NOT NULL, PRIMARY KEY (base, quote, day));
CREATE TABLE document (id bigserial PRIMARY KEY, voucher_id bigint REFERENCES voucher, file_name text NOT NULL, content bytea NOT NULL, hash text GENERATED ALWAYS AS (md5(content)) STORED, scanned time(0) with time zone);
CREATE UNIQUE INDEX ux_document_file ON document (voucher_id, lower(file_name));
CREATE TABLE number_range (company char(4) REFERENCES company ON DELETE CASCADE, kind text, next integer NOT NULL DEFAULT 1, PRIMARY KEY (company, kind));
COMMENT ON COLUMN posting.balance IS 'debit - credit';
-- views and triggers
CREATE VIEW balance AS SELECT company, account, sum(balance) AS balance FROM posting GROUP BY company, account;

/* Double-entry book-keeping: composite keys all the way down, exact numbers, many checks. */
create table company (code char(4) not null primary key, name text not null, currency char(3) not null default 'EUR', check (length(code) = 4));
create table fiscal_year (company char(4) not null references company (code), year integer not null, starts date not null, ends date not null, closed boolean not null default false, primary key (company, year), constraint ck_fiscal_year check (starts < ends));
create table period (company char(4) not null, year integer not null, no integer not null check (no between 1 and 13), primary key (company, year, no), foreign key (company, year) references fiscal_year (company, year) on update cascade);
create table account_type (code text not null primary key, sign integer not null default 1 check (sign in (-1, 1)));
create table account (
  company char(4) not null, number varchar(10) not null, name text not null, type text not null references account_type, parent varchar(10),
  primary key (company, number),
  foreign key (company) references company,
  foreign key (company, parent) references account (company, number) deferrable initially deferred
);
create table tax_code (id integer primary key, rate numeric(5, 2) not null default 0, valid_from date not null, valid_to date, unique (rate, valid_from), check (valid_to is null or valid_to > valid_from));
create table partner (id integer primary key autoincrement, kind text not null default 'customer' check (kind in ('customer', 'supplier')), name text not null, vat_id text, credit_limit numeric(15, 2) default -1.5, constraint uq_partner_vat unique (vat_id));
create table voucher (
  id integer primary key, company char(4) not null, year integer not null, period integer not null, number integer not null, partner_id integer references partner (id),
  booked_at datetime not null default current_timestamp, note text,
  unique (company, year, number), foreign key (company, year, period) references period (company, year, no)
);
create table posting (
  voucher_id integer not null references voucher (id) on delete cascade, line integer not null, company char(4) not null, account varchar(10) not null,
  debit numeric(15, 2) not null default 0, credit numeric(15, 2) not null default 0, tax_code integer references tax_code (id),
  balance numeric(15, 2) generated always as (debit - credit) stored,
  primary key (voucher_id, line), constraint fk_posting_account foreign key (company, account) references account (company, number),
  constraint ck_one_side check ((debit = 0) <> (credit = 0)), check (debit >= 0 and credit >= 0)
);
create index ix_posting_account on posting (company, account, voucher_id desc);
create table exchange_rate (base char(3) not null, quote char(3) not null, day date not null, rate double not null, primary key (base, quote, day)) without rowid;
create table document (id integer primary key, voucher_id integer references voucher, file_name text not null, content blob not null, hash text as (hex(content)) virtual);
create unique index ux_document_file on document (voucher_id, lower(file_name));
create table number_range (company char(4) not null references company on delete cascade, kind text not null, next integer not null default 1, primary key (company, kind));

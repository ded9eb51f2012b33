-- Tickets of a help desk; a domain, a sequence and a function stand before the tables.
-- before
CREATE DOMAIN email AS varchar(255) CHECK (VALUE LIKE '%@%');
CREATE SEQUENCE ticket_number START WITH 100000;
CREATE FUNCTION initials(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT left(name, 1) $$;
-- tables
CREATE TYPE ticket_state AS ENUM ('open', 'pending', 'closed');
CREATE TABLE organisation (id integer GENERATED ALWAYS AS IDENTITY, name varchar(120) NOT NULL, plan varchar(10) DEFAULT 'free' NOT NULL, CONSTRAINT pk_organisation PRIMARY KEY (id), CONSTRAINT ck_plan CHECK (plan IN ('free', 'pro')));
CREATE TABLE agent (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, organisation_id integer NOT NULL, email email NOT NULL, name text NOT NULL, short text GENERATED ALWAYS AS (initials(name)) STORED, is_admin boolean DEFAULT FALSE NOT NULL, CONSTRAINT uq_agent_email UNIQUE (organisation_id, email), CONSTRAINT uq_agent_organisation UNIQUE (id, organisation_id), CONSTRAINT fk_agent_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE);
CREATE TABLE team (id serial PRIMARY KEY, organisation_id integer NOT NULL REFERENCES organisation, name varchar(60) NOT NULL, lead_id integer, FOREIGN KEY (lead_id, organisation_id) REFERENCES agent (id, organisation_id) MATCH SIMPLE ON UPDATE CASCADE);
CREATE TABLE team_member (team_id integer REFERENCES team ON DELETE CASCADE, agent_id integer REFERENCES agent ON DELETE CASCADE, since date DEFAULT CURRENT_DATE NOT NULL, PRIMARY KEY (team_id, agent_id));
CREATE TABLE priority (code smallint PRIMARY KEY, label varchar(20) NOT NULL, hours double precision NOT NULL DEFAULT 8.5);
CREATE TABLE ticket (
    id bigserial PRIMARY KEY, number bigint NOT NULL DEFAULT nextval('ticket_number') UNIQUE, organisation_id integer NOT NULL REFERENCES organisation, subject varchar(300) NOT NULL,
    priority smallint NOT NULL DEFAULT 3 REFERENCES priority (code) ON UPDATE CASCADE ON DELETE SET DEFAULT, assignee_id integer REFERENCES agent ON DELETE SET NULL, duplicate_of bigint REFERENCES ticket ON DELETE SET NULL,
    opened timestamptz NOT NULL DEFAULT now(), closed timestamptz, state ticket_state NOT NULL DEFAULT 'open', time_to_close interval GENERATED ALWAYS AS (closed - opened) STORED,
    CHECK (closed IS NULL OR closed >= opened), CONSTRAINT ck_closed CHECK ((state = 'closed') = (closed IS NOT NULL))
);
CREATE INDEX ix_ticket_state ON ticket (organisation_id, state, priority DESC);
CREATE INDEX ix_ticket_unassigned ON ticket (opened) WHERE assignee_id IS NULL AND state <> 'closed';
CREATE INDEX ix_ticket_opened ON ticket USING brin (opened);
CREATE TABLE message (id bigserial PRIMARY KEY, ticket_id bigint NOT NULL REFERENCES ticket ON DELETE CASCADE, author email NOT NULL, body text NOT NULL, is_internal boolean NOT NULL DEFAULT false, sent timestamp without time zone NOT NULL DEFAULT (now() AT TIME ZONE 'utc'));
CREATE TABLE attachment (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, message_id bigint NOT NULL REFERENCES message, name text NOT NULL, size bigint NOT NULL CHECK (size < 10 * 1024 * 1024), content bytea);
CREATE TABLE label (id serial PRIMARY KEY, organisation_id integer NOT NULL REFERENCES organisation, name varchar(40) NOT NULL, colour char(7) DEFAULT '#ffffff', UNIQUE (organisation_id, name));
CREATE TABLE ticket_label (ticket_id bigint NOT NULL REFERENCES ticket, label_id integer NOT NULL REFERENCES label, PRIMARY KEY (label_id, ticket_id));
CREATE TABLE audit_log (at timestamptz NOT NULL, who text, what text NOT NULL, old jsonb, new jsonb);
CREATE INDEX ix_audit_kind ON audit_log ((new ->> 'kind'), at);
COMMENT ON TABLE audit_log IS 'append only';
-- views and triggers
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit_log (at, what) VALUES (now(), TG_TABLE_NAME); RETURN NULL; END $$;
CREATE TRIGGER tr_ticket_audit AFTER UPDATE OF state ON ticket FOR EACH STATEMENT EXECUTE FUNCTION audit();
CREATE RULE keep AS ON DELETE TO audit_log DO INSTEAD NOTHING;

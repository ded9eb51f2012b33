-- Measurements of devices: arrays, ranges, network types, bits, odd names, brin and gist.
CREATE TABLE site (id serial PRIMARY KEY, name text NOT NULL, latitude double precision CHECK (latitude BETWEEN -90 AND 90), longitude double precision CHECK (longitude BETWEEN -180 AND 180), tz text DEFAULT 'UTC', area box, position point);
CREATE INDEX ix_site_area ON site USING gist (area);
CREATE TABLE device_model (id serial PRIMARY KEY, vendor text NOT NULL, model text NOT NULL, spec jsonb, ports integer[] DEFAULT ARRAY[80, 443], UNIQUE (vendor, model));
CREATE TABLE device (serial varchar(32) PRIMARY KEY, model_id integer NOT NULL REFERENCES device_model, site_id integer REFERENCES site ON DELETE SET NULL, gateway varchar(32) REFERENCES device, mac macaddr UNIQUE, network cidr, flags bit(8) NOT NULL DEFAULT B'00000001', key_hash bytea NOT NULL DEFAULT '\x00', seen_at timestamptz);
CREATE TABLE sensor (id serial PRIMARY KEY, device varchar(32) NOT NULL REFERENCES device ON DELETE CASCADE ON UPDATE CASCADE, channel smallint NOT NULL, unit text NOT NULL, factor double precision NOT NULL DEFAULT 1e-3, offset_by real DEFAULT -0.5, UNIQUE (device, channel));
CREATE TABLE measurement (sensor_id integer NOT NULL, at timestamptz NOT NULL, value real, quality smallint NOT NULL DEFAULT 0, PRIMARY KEY (sensor_id, at));
CREATE INDEX ix_measurement_at ON measurement USING brin (at);
CREATE TABLE measurement_hour (sensor_id integer REFERENCES sensor, hour timestamptz, low real, high real, spread real GENERATED ALWAYS AS (high - low) STORED, n integer NOT NULL, PRIMARY KEY (sensor_id, hour));
CREATE TYPE comparison AS ENUM ('<', '>', '=');
CREATE TABLE alarm_rule (id serial PRIMARY KEY, sensor_id integer NOT NULL REFERENCES sensor, operator comparison NOT NULL DEFAULT '>', threshold real NOT NULL, enabled boolean NOT NULL DEFAULT TRUE, active int4range, silence interval DEFAULT '5 minutes');
CREATE INDEX ix_alarm_rule_active ON alarm_rule USING gist (active);
CREATE TABLE alarm (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, rule_id integer NOT NULL REFERENCES alarm_rule, raised_at timestamptz NOT NULL DEFAULT clock_timestamp(), cleared_at timestamptz, "acknowledged by" text);
CREATE UNIQUE INDEX ux_alarm_open ON alarm (rule_id) WHERE cleared_at IS NULL;
CREATE TABLE firmware (version text NOT NULL, model_id integer NOT NULL REFERENCES device_model, image bytea NOT NULL, size integer GENERATED ALWAYS AS (octet_length(image)) STORED, released date DEFAULT CURRENT_DATE, PRIMARY KEY (model_id, version));
CREATE TABLE deployment (id uuid PRIMARY KEY, device varchar(32) NOT NULL REFERENCES device, model_id integer NOT NULL, version text NOT NULL, state text NOT NULL DEFAULT 'queued', CONSTRAINT fk_deployment_firmware FOREIGN KEY (model_id, version) REFERENCES firmware (model_id, version) ON DELETE RESTRICT);
CREATE TABLE "Event" ("Id" bigserial PRIMARY KEY, device text, payload json, "select" text, "weird ""name""" text, cost money DEFAULT 0, doc xml);
CREATE INDEX "IX_Event_Payload" ON "Event" ((payload ->> 'code')) WHERE payload IS NOT NULL;
CREATE INDEX "IX_Event_select" ON "Event" ("select" DESC, "weird ""name""");
COMMENT ON TABLE "Event" IS 'Names of "every" kind';
CREATE TABLE maintenance (device varchar(32) NOT NULL REFERENCES device, day date NOT NULL, technician text NOT NULL, minutes numeric, PRIMARY KEY (device, day));
-- views and triggers
CREATE VIEW open_alarm AS SELECT * FROM alarm WHERE cleared_at IS NULL;

-- Measurements of devices: WITHOUT ROWID, STRICT, bytes, big numbers, odd names.
CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude REAL CHECK (latitude BETWEEN -90 AND 90), longitude REAL CHECK (longitude BETWEEN -180 AND 180), tz TEXT DEFAULT 'UTC');
CREATE TABLE device_model (id INTEGER PRIMARY KEY, vendor TEXT NOT NULL, model TEXT NOT NULL, spec JSON, UNIQUE (vendor, model));
CREATE TABLE device (serial TEXT NOT NULL PRIMARY KEY, model_id INTEGER NOT NULL REFERENCES device_model (id), site_id INTEGER REFERENCES site (id) ON DELETE SET NULL, gateway TEXT REFERENCES device (serial), key_hash BLOB NOT NULL DEFAULT x'00', seen_at BIGINT) WITHOUT ROWID;
CREATE TABLE sensor (id INTEGER PRIMARY KEY, device TEXT NOT NULL REFERENCES device (serial) ON DELETE CASCADE ON UPDATE CASCADE, channel SMALLINT NOT NULL, unit TEXT NOT NULL, factor DOUBLE NOT NULL DEFAULT 1e-3, offset_by DOUBLE DEFAULT -0.5, UNIQUE (device, channel));
CREATE TABLE measurement (sensor_id INTEGER NOT NULL, at INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (sensor_id, at)) STRICT, WITHOUT ROWID;
CREATE TABLE measurement_hour (sensor_id INTEGER NOT NULL REFERENCES sensor (id), hour INTEGER NOT NULL, low REAL, high REAL, spread REAL AS (high - low), n INTEGER NOT NULL, PRIMARY KEY (sensor_id, hour));
CREATE TABLE alarm_rule (id INTEGER PRIMARY KEY, sensor_id INTEGER NOT NULL REFERENCES sensor, operator TEXT NOT NULL DEFAULT '>' CHECK (operator IN ('<', '>', '=')), threshold REAL NOT NULL, enabled INT NOT NULL DEFAULT TRUE);
CREATE TABLE alarm (id INTEGER PRIMARY KEY AUTOINCREMENT, rule_id INTEGER NOT NULL REFERENCES alarm_rule (id), raised_at INTEGER NOT NULL, cleared_at INTEGER, "acknowledged by" TEXT);
CREATE UNIQUE INDEX ux_alarm_open ON alarm (rule_id) WHERE cleared_at IS NULL;
CREATE TABLE firmware (version TEXT NOT NULL, model_id INTEGER NOT NULL REFERENCES device_model (id), image BLOB NOT NULL, size INTEGER AS (length(image)) STORED, released INTEGER DEFAULT (unixepoch()), PRIMARY KEY (model_id, version));
CREATE TABLE deployment (id INTEGER PRIMARY KEY, device TEXT NOT NULL REFERENCES device (serial), model_id INTEGER NOT NULL, version TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued', CONSTRAINT fk_deployment_firmware FOREIGN KEY (model_id, version) REFERENCES firmware (model_id, version) ON DELETE RESTRICT);
CREATE TABLE event (id INTEGER PRIMARY KEY DESC, device TEXT, payload ANY, no_type, "select" TEXT, "weird ""name""" TEXT);
CREATE INDEX ix_event_payload ON event (json_extract(payload, '$.code')) WHERE payload IS NOT NULL;
CREATE TABLE maintenance (device TEXT NOT NULL REFERENCES device (serial), day DATE NOT NULL, technician TEXT NOT NULL ON CONFLICT ABORT, notes TEXT, PRIMARY KEY (device, day));

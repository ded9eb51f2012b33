-- Tickets of a help desk, as a tool that quotes everything writes it.
CREATE TABLE "organisation" ("id" INTEGER NOT NULL, "name" VARCHAR(120) NOT NULL, "plan" VARCHAR(10) DEFAULT 'free' NOT NULL, CONSTRAINT "pk_organisation" PRIMARY KEY ("id"), CONSTRAINT "ck_plan" CHECK ("plan" IN ('free', 'pro')));
CREATE TABLE "agent" ("id" INTEGER NOT NULL, "organisation_id" INTEGER NOT NULL, "email" VARCHAR(255) NOT NULL, "signature" TEXT, "is_admin" BOOLEAN DEFAULT FALSE NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "uq_agent_email" UNIQUE ("organisation_id", "email"), CONSTRAINT "fk_agent_organisation" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE CASCADE);
CREATE TABLE "team" ("id" INTEGER NOT NULL PRIMARY KEY, "organisation_id" INTEGER NOT NULL REFERENCES "organisation" ("id"), "name" VARCHAR(60) NOT NULL, "lead_id" INTEGER, FOREIGN KEY ("lead_id", "organisation_id") REFERENCES "agent" ("id", "organisation_id"));
CREATE UNIQUE INDEX "ux_agent_org" ON "agent" ("id", "organisation_id");
CREATE TABLE "team_member" ("team_id" INTEGER NOT NULL, "agent_id" INTEGER NOT NULL, "since" DATE DEFAULT CURRENT_DATE NOT NULL, PRIMARY KEY ("team_id", "agent_id"), FOREIGN KEY ("team_id") REFERENCES "team" ("id") ON DELETE CASCADE, FOREIGN KEY ("agent_id") REFERENCES "agent" ("id") ON DELETE CASCADE);
CREATE TABLE "priority" ("code" SMALLINT NOT NULL PRIMARY KEY, "label" VARCHAR(20) NOT NULL, "hours" FLOAT NOT NULL DEFAULT 8.5);
CREATE TABLE "ticket" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "organisation_id" INTEGER NOT NULL REFERENCES "organisation" ("id"), "subject" VARCHAR(300) NOT NULL, "priority" SMALLINT NOT NULL DEFAULT 3 REFERENCES "priority" ("code") ON UPDATE CASCADE, "assignee_id" INTEGER REFERENCES "agent" ("id") ON DELETE SET NULL, "duplicate_of" INTEGER REFERENCES "ticket" ("id") ON DELETE SET NULL, "opened" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "closed" DATETIME, "state" TEXT NOT NULL DEFAULT 'open', CHECK ("closed" IS NULL OR "closed" >= "opened"), CHECK ("state" IN ('open', 'pending', 'closed')));
CREATE INDEX "ix_ticket_state" ON "ticket" ("organisation_id", "state", "priority" DESC);
CREATE INDEX "ix_ticket_unassigned" ON "ticket" ("opened") WHERE "assignee_id" IS NULL AND "state" <> 'closed';
CREATE TABLE "message" ("id" INTEGER NOT NULL PRIMARY KEY, "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id") ON DELETE CASCADE, "author" VARCHAR(255) NOT NULL, "body" TEXT NOT NULL, "is_internal" BOOLEAN NOT NULL DEFAULT 0, "sent" DATETIME NOT NULL DEFAULT (datetime('now')));
CREATE TABLE "attachment" ("id" INTEGER NOT NULL PRIMARY KEY, "message_id" INTEGER NOT NULL REFERENCES "message" ("id"), "name" TEXT NOT NULL, "size" BIGINT NOT NULL CHECK ("size" < 10 * 1024 * 1024), "content" BLOB);
CREATE TABLE "label" ("id" INTEGER NOT NULL PRIMARY KEY, "organisation_id" INTEGER NOT NULL REFERENCES "organisation", "name" VARCHAR(40) COLLATE NOCASE NOT NULL, "colour" CHAR(7) DEFAULT '#ffffff', UNIQUE ("organisation_id", "name"));
CREATE TABLE "ticket_label" ("ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"), "label_id" INTEGER NOT NULL REFERENCES "label" ("id"), PRIMARY KEY ("label_id", "ticket_id"));
CREATE TABLE "audit_log" ("at" DATETIME NOT NULL, "who" TEXT, "what" TEXT NOT NULL, "old" JSON, "new" JSON);
CREATE INDEX "ix_audit_kind" ON "audit_log" (json_extract("new", '$.kind'), "at");
-- views and triggers
CREATE TRIGGER "tr_ticket_audit" AFTER UPDATE OF "state" ON "ticket" BEGIN INSERT INTO "audit_log" ("at", "what") VALUES (datetime('now'), 'state'); END;

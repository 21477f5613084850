/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-schema-private.h"

#include <string.h>

/* The tables whose columns do not depend on the classification pack. Days are days since
 * 1970-01-01, times are Unix seconds, keys of other tables are row ids. */

static const char *const people_and_codes =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE variable (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    "  unit TEXT NOT NULL, kind TEXT NOT NULL, list TEXT NOT NULL);"
    "CREATE TABLE code (id INTEGER PRIMARY KEY, list TEXT NOT NULL, code TEXT NOT NULL,"
    "  parent INTEGER REFERENCES code (id), UNIQUE (list, code));"
    "CREATE TABLE code_closure (scheme TEXT, ancestor INTEGER, descendant INTEGER,"
    "  PRIMARY KEY (scheme, ancestor, descendant)) WITHOUT ROWID;"
    "CREATE INDEX code_closure_descendant ON code_closure (scheme, descendant);"
    "CREATE TABLE pack_overlay (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,"
    "  body TEXT NOT NULL, UNIQUE (kind, key));"
    /* A pack that was installed over the one the program brings: its files, and what became of each
     * code and variable of the pack before. */
    "CREATE TABLE pack_file (name TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE concordance (id INTEGER PRIMARY KEY, act INTEGER NOT NULL, kind TEXT NOT NULL,"
    "  list TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, state TEXT NOT NULL,"
    "  target INTEGER NOT NULL);";

static const char *const deliveries =
    "CREATE TABLE entity (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    "  type INTEGER REFERENCES code (id), identifies INTEGER NOT NULL DEFAULT 0,"
    "  basis INTEGER NOT NULL DEFAULT 0, region INTEGER REFERENCES code (id),"
    "  country INTEGER REFERENCES code (id), parent INTEGER REFERENCES entity (id),"
    "  contact TEXT, coverage TEXT, sharing_basis TEXT, language TEXT);"
    "CREATE TABLE expected_return (id INTEGER PRIMARY KEY,"
    "  entity INTEGER NOT NULL REFERENCES entity (id), first INTEGER, last INTEGER,"
    "  state TEXT NOT NULL DEFAULT 'expected');"
    "CREATE INDEX expected_return_entity ON expected_return (entity);"
    "CREATE TABLE submission (id INTEGER PRIMARY KEY,"
    "  entity INTEGER NOT NULL REFERENCES entity (id), first INTEGER, last INTEGER,"
    "  file_name TEXT, sha256 TEXT, received INTEGER NOT NULL,"
    "  rows INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,"
    "  parked INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,"
    "  nil INTEGER NOT NULL DEFAULT 0,"
    "  profile_version INTEGER REFERENCES profile_version (id),"
    "  replaces INTEGER REFERENCES submission (id), state TEXT NOT NULL DEFAULT 'live');"
    "CREATE INDEX submission_entity ON submission (entity);"
    "CREATE TABLE source_row (id INTEGER PRIMARY KEY,"
    "  submission INTEGER NOT NULL REFERENCES submission (id), sheet TEXT, row INTEGER NOT NULL,"
    "  cells TEXT, state TEXT NOT NULL, reason TEXT);"
    "CREATE INDEX source_row_submission ON source_row (submission);"
    "CREATE INDEX source_row_parked ON source_row (submission) WHERE state = 'parked';"
    "CREATE TABLE aggregate_cell (id INTEGER PRIMARY KEY,"
    "  submission INTEGER NOT NULL REFERENCES submission (id),"
    "  source_row INTEGER REFERENCES source_row (id), event INTEGER REFERENCES record (id),"
    "  unit TEXT NOT NULL, first INTEGER, last INTEGER, categories TEXT, count INTEGER NOT NULL);"
    "CREATE INDEX aggregate_cell_submission ON aggregate_cell (submission);";

static const char *const records =
    "CREATE TABLE record (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, unit TEXT NOT NULL,"
    "  entity INTEGER REFERENCES entity (id), submission INTEGER REFERENCES submission (id),"
    "  source_row INTEGER, basis INTEGER NOT NULL DEFAULT 0, state INTEGER NOT NULL DEFAULT 0,"
    "  digest BLOB);"
    "CREATE UNIQUE INDEX record_uuid ON record (uuid);"
    "CREATE INDEX record_submission ON record (submission) WHERE submission IS NOT NULL;"
    "CREATE INDEX record_listed ON record (unit, state, entity, submission)"
    "  WHERE unit = 'VI' OR unit = 'PE' OR unit = 'EV';"
    "CREATE INDEX record_withdrawn ON record (unit) WHERE state <> 0;"
    "CREATE TABLE answer (record INTEGER, variable INTEGER, complete INTEGER,"
    "  PRIMARY KEY (record, variable)) WITHOUT ROWID;"
    "CREATE TABLE multi_value (record INTEGER, variable INTEGER, code INTEGER NOT NULL,"
    "  seq INTEGER, text TEXT, PRIMARY KEY (record, variable, seq)) WITHOUT ROWID;"
    "CREATE TABLE no_value (record INTEGER, variable INTEGER, kind TEXT NOT NULL,"
    "  PRIMARY KEY (record, variable)) WITHOUT ROWID;"
    "CREATE TABLE extra_value (record INTEGER, variable INTEGER, seq INTEGER, value TEXT,"
    "  PRIMARY KEY (record, variable, seq)) WITHOUT ROWID;"
    "CREATE TABLE identifier (record INTEGER, kind TEXT, seq INTEGER, value TEXT, norm TEXT,"
    "  PRIMARY KEY (record, kind, seq)) WITHOUT ROWID;";

static const char *const persons =
    "CREATE TABLE cluster (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    "  state INTEGER NOT NULL DEFAULT 0, merged_into INTEGER REFERENCES cluster (id));"
    "CREATE TABLE membership (id INTEGER PRIMARY KEY,"
    "  record INTEGER NOT NULL REFERENCES record (id),"
    "  cluster INTEGER NOT NULL REFERENCES cluster (id), from_act INTEGER NOT NULL,"
    "  to_act INTEGER, decision INTEGER REFERENCES pair_decision (id));"
    "CREATE UNIQUE INDEX membership_current ON membership (record) WHERE to_act IS NULL;"
    "CREATE INDEX membership_cluster ON membership (cluster);"
    "CREATE INDEX membership_ended ON membership (record) WHERE to_act IS NOT NULL;"
    "CREATE TABLE cluster_choice (cluster INTEGER NOT NULL REFERENCES cluster (id),"
    "  variable INTEGER NOT NULL REFERENCES variable (id),"
    "  record INTEGER NOT NULL REFERENCES record (id), PRIMARY KEY (cluster, variable));"
    "CREATE TABLE dirty_cluster (cluster INTEGER PRIMARY KEY);"
    "CREATE TABLE pair_decision (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    "  a INTEGER NOT NULL REFERENCES record (id), b INTEGER NOT NULL REFERENCES record (id),"
    "  verdict TEXT NOT NULL, reason TEXT, source TEXT NOT NULL,"
    "  run INTEGER REFERENCES link_run (id), time INTEGER NOT NULL, act INTEGER NOT NULL,"
    "  hash_a BLOB, hash_b BLOB, superseded_by INTEGER REFERENCES pair_decision (id)"
    "   DEFERRABLE INITIALLY DEFERRED,"
    "  CHECK (a < b));"
    "CREATE UNIQUE INDEX pair_decision_current ON pair_decision (a, b)"
    "  WHERE superseded_by IS NULL;"
    "CREATE INDEX pair_decision_b ON pair_decision (b);"
    "CREATE TABLE norm (record INTEGER PRIMARY KEY, version INTEGER NOT NULL, body BLOB);"
    "CREATE TABLE link_model (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    "  version INTEGER NOT NULL, body TEXT NOT NULL);"
    "CREATE TABLE link_run (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    "  model INTEGER REFERENCES link_model (id), seed INTEGER NOT NULL, accept REAL,"
    "  records INTEGER NOT NULL, pairs INTEGER NOT NULL, time INTEGER NOT NULL,"
    "  act INTEGER NOT NULL);"
    "CREATE TABLE proposal (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES link_run (id),"
    "  kind TEXT NOT NULL, a INTEGER NOT NULL REFERENCES record (id),"
    "  b INTEGER NOT NULL REFERENCES record (id), weight REAL NOT NULL,"
    "  probability REAL NOT NULL, levels INTEGER, state TEXT NOT NULL DEFAULT 'open');"
    "CREATE INDEX proposal_state ON proposal (state, weight);"
    "CREATE INDEX proposal_a ON proposal (a);"
    "CREATE INDEX proposal_b ON proposal (b);";

static const char *const remembered =
    "CREATE TABLE finding (id INTEGER PRIMARY KEY, rule TEXT NOT NULL,"
    "  record INTEGER REFERENCES record (id), source_row INTEGER REFERENCES source_row (id),"
    "  submission INTEGER REFERENCES submission (id), variable INTEGER REFERENCES variable (id),"
    "  value TEXT, severity TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',"
    "  resolved_by TEXT, resolution TEXT);"
    "CREATE INDEX finding_record ON finding (record) WHERE record IS NOT NULL;"
    "CREATE INDEX finding_source_row ON finding (source_row) WHERE source_row IS NOT NULL;"
    "CREATE INDEX finding_submission ON finding (submission) WHERE submission IS NOT NULL;"
    "CREATE TABLE profile (id INTEGER PRIMARY KEY, entity INTEGER REFERENCES entity (id),"
    "  name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE profile_version (id INTEGER PRIMARY KEY,"
    "  profile INTEGER NOT NULL REFERENCES profile (id), version INTEGER NOT NULL,"
    "  body TEXT NOT NULL, signature TEXT, time INTEGER NOT NULL, UNIQUE (profile, version));"
    "CREATE TABLE named_table (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,"
    "  body TEXT NOT NULL, UNIQUE (kind, name));"
    "CREATE TABLE questionnaire_answer (id INTEGER PRIMARY KEY, questionnaire TEXT NOT NULL,"
    "  period_first INTEGER, period_last INTEGER, tbl TEXT NOT NULL, cell TEXT NOT NULL,"
    "  value TEXT, reason TEXT, time INTEGER, act INTEGER);"
    "CREATE INDEX questionnaire_answer_cell"
    "  ON questionnaire_answer (questionnaire, period_first, tbl);"
    "CREATE TABLE layout (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    "  body TEXT NOT NULL);"
    "CREATE TABLE release (id INTEGER PRIMARY KEY, profile TEXT NOT NULL, audience TEXT NOT NULL,"
    "  time INTEGER NOT NULL, act INTEGER NOT NULL, head TEXT, body TEXT);"
    "CREATE TABLE population (id INTEGER PRIMARY KEY, year INTEGER NOT NULL, sex TEXT NOT NULL,"
    "  age_class TEXT NOT NULL, count INTEGER NOT NULL, source TEXT NOT NULL,"
    "  UNIQUE (year, sex, age_class));"
    /* A class of data and how long it is kept; kind '*' is every identifier of the unit. */
    "CREATE TABLE retention (id INTEGER PRIMARY KEY, unit TEXT NOT NULL, kind TEXT NOT NULL,"
    "  entity INTEGER REFERENCES entity (id), months INTEGER NOT NULL,"
    "  counted_from TEXT NOT NULL, time INTEGER NOT NULL, act INTEGER NOT NULL);"
    /* What a merge found changed on both sides: both values until one of them is chosen. */
    "CREATE TABLE merge_conflict (id INTEGER PRIMARY KEY, act INTEGER NOT NULL, kind TEXT NOT NULL,"
    "  record INTEGER REFERENCES record (id), variable TEXT, tbl TEXT, key TEXT, name TEXT,"
    "  mine TEXT, theirs TEXT, mine_time INTEGER NOT NULL, theirs_time INTEGER NOT NULL,"
    "  kept TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', settled INTEGER);"
    "CREATE TABLE staging_batch (id INTEGER PRIMARY KEY, entity INTEGER, file_name TEXT,"
    "  sha256 TEXT, created INTEGER NOT NULL, body TEXT);"
    "CREATE TABLE staging_row (id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, sheet TEXT,"
    "  row INTEGER NOT NULL, cells TEXT, state TEXT, body BLOB);"
    "CREATE INDEX staging_row_batch ON staging_row (batch);";

/* mac stays NULL until a purge removes before, after and salt: then it alone keeps the proof. */
static const char *const chain =
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, user TEXT NOT NULL,"
    "  act TEXT NOT NULL, n INTEGER NOT NULL, content_hash TEXT NOT NULL, prev TEXT NOT NULL,"
    "  hash TEXT NOT NULL);"
    "CREATE TABLE audit_change (seq INTEGER, n INTEGER, tbl TEXT NOT NULL, key TEXT,"
    "  before TEXT, after TEXT, salt BLOB, mac BLOB, PRIMARY KEY (seq, n)) WITHOUT ROWID;"
    /* New records of deliveries are left out: they are found through their delivery. */
    "CREATE INDEX audit_change_key ON audit_change (tbl, key)"
    " WHERE NOT (tbl = 'record' AND before IS NULL);";

/* One row per delivery, and one per return that is owed and did not come. */
static const char *const views =
    "CREATE VIEW q_return AS"
    " SELECT s.id AS id, s.entity AS entity, e.key AS agency, e.type AS agency_type,"
    "  e.region AS agency_region, s.first AS period_from, s.last AS period_to,"
    "  CASE WHEN s.nil THEN 'nil' ELSE 'yes' END AS received,"
    "  CASE WHEN EXISTS (SELECT 1 FROM aggregate_cell a WHERE a.submission = s.id)"
    "   THEN 'aggregate' ELSE 'line-list' END AS mode,"
    "  s.rows AS rows, s.accepted AS accepted, s.rejected AS rejected,"
    "  s.parked AS parked, e.contact AS contact"
    " FROM submission s JOIN entity e ON e.id = s.entity WHERE s.state = 'live'"
    /* Cases that came later outweigh an earlier "no case". */
    "  AND NOT (s.nil AND EXISTS (SELECT 1 FROM submission c WHERE c.entity = s.entity"
    "   AND c.state = 'live' AND NOT c.nil AND c.accepted + c.parked > 0"
    "   AND c.first <= s.last AND c.last >= s.first))"
    " UNION ALL"
    " SELECT NULL, x.entity, e.key, e.type, e.region, x.first, x.last, 'no', NULL, 0, 0, 0, 0,"
    "  e.contact"
    " FROM expected_return x JOIN entity e ON e.id = x.entity"
    " WHERE NOT EXISTS (SELECT 1 FROM submission s WHERE s.entity = x.entity"
    "  AND s.state = 'live' AND s.first <= x.last AND s.last >= x.first);";

/* Creates the tables that do not depend on the pack, inside the caller's transaction. */
gboolean
cc_schema_create (CcConnection *connection, GError **error)
{
  const char *const parts[] = { people_and_codes, deliveries, records, persons,
                                remembered,       chain,      views };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!cc_connection_execute (connection, parts[i], error))
      return FALSE;
  return TRUE;
}

/**
 * Tables that can be computed again from the others, or that hold work not yet committed. They
 * stand outside content_hash: filling a cache or staging a delivery changes nothing that was said.
 * Link runs and proposals are not among them: reviewers act on them.
 */
gboolean
cc_schema_is_derived (const char *table)
{
  static const char *const derived[] = { "person_fact", "dirty_cluster", "code_closure", "norm" };

  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    if (strcmp (table, derived[i]) == 0)
      return TRUE;
  return g_str_has_prefix (table, "staging_");
}

gboolean
cc_schema_is_audit (const char *table)
{
  return strcmp (table, "audit") == 0 || strcmp (table, "audit_change") == 0;
}

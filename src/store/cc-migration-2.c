/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-migration-private.h"

/* Version 2 of the format: retention by kinds of identifier, packs that follow another pack, and
 * the queue of what a merge found changed on both sides. It is closed: tests/data holds its file.
 */

/* Version 1 had a table of that name which nothing ever filled. */
#define RETENTION                                                                                  \
  "(id INTEGER PRIMARY KEY, unit TEXT NOT NULL, kind TEXT NOT NULL,"                               \
  "  entity INTEGER REFERENCES entity (id), months INTEGER NOT NULL, counted_from TEXT NOT NULL,"  \
  "  time INTEGER NOT NULL, act INTEGER NOT NULL);"

#define PACK_FILE "(name TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;"

#define CONCORDANCE                                                                                \
  "(id INTEGER PRIMARY KEY, act INTEGER NOT NULL, kind TEXT NOT NULL, list TEXT NOT NULL,"         \
  "  old TEXT NOT NULL, new TEXT NOT NULL, state TEXT NOT NULL, target INTEGER NOT NULL);"

#define MERGE_CONFLICT                                                                             \
  "(id INTEGER PRIMARY KEY, act INTEGER NOT NULL, kind TEXT NOT NULL,"                             \
  "  record INTEGER REFERENCES record (id), variable TEXT, tbl TEXT, key TEXT, name TEXT,"         \
  "  mine TEXT, theirs TEXT, mine_time INTEGER NOT NULL, theirs_time INTEGER NOT NULL,"            \
  "  kept TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', settled INTEGER);"

static const char *const sql[] = {
  "DROP TABLE retention; CREATE TABLE retention " RETENTION,
  "CREATE TABLE pack_file " PACK_FILE,
  "CREATE TABLE concordance " CONCORDANCE,
  "CREATE TABLE merge_conflict " MERGE_CONFLICT,
  NULL,
};

static const char *const look[] = {
  "CREATE TEMP TABLE retention " RETENTION,
  "CREATE TEMP TABLE pack_file " PACK_FILE,
  "CREATE TEMP TABLE concordance " CONCORDANCE,
  "CREATE TEMP TABLE merge_conflict " MERGE_CONFLICT,
  NULL,
};

const CcMigration cc_migration_2 = { 2, sql, NULL, look };

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-exchange.h>

#include "cc-connection-private.h"

G_BEGIN_DECLS

/* What the chain of one file says about where it comes from. Acts are numbered by their place in
 * the lineage: in a package the acts of the file it was taken from stand first, so that a package
 * and its origin count alike. The acts that made the package have the place of the last of those.
 */
typedef struct
{
  GPtrArray  *hashes; /* char *: the first CC_LINEAGE_DIGITS digits of each act's hash, by place */
  GArray     *times;  /* gint64: Unix seconds of the same; 0 where a package does not tell */
  GHashTable *places; /* the same digits to the place, from 1 */
  GHashTable *heads;  /* heads that were merged into the file and stand: digits to own number */
  gint64      inherited; /* acts of the origin */
  gint64      making;    /* own acts that made the package; 0 where it is none */
  gint64      last;      /* own number of the newest act */
  char       *file_id;
  char       *origin;      /* file that a package was taken from; NULL where it is none */
  char       *family;      /* the mark of all copies and packages of one file */
  char       *head;        /* hash of the newest act */
  gboolean    identifiers; /* FALSE in packages without direct identifiers */
} CcLineage;

#define CC_LINEAGE_DIGITS 16

CcLineage *cc_lineage_read (CcConnection *connection, GError **error);
void       cc_lineage_free (CcLineage *self);

/* Place of an own act, and of a head hash; 0 where it is not part of the lineage. */
gint64 cc_lineage_get_place (CcLineage *self, gint64 seq);
gint64 cc_lineage_find (CcLineage *self, const char *hash);
gint64 cc_lineage_get_time (CcLineage *self, gint64 place);

/* Whether everything up to a head is part of the file: by its own acts or by a merge. */
gboolean cc_lineage_knows (CcLineage *self, const char *hash);

/* Whether everything the other file holds is part of this one. A package knows of all acts of its
 * origin, but holds only a part of what they said. */
gboolean cc_lineage_holds (CcLineage *self, CcLineage *other);

/* Up to which place of `self` the other file has seen it. */
gint64 cc_lineage_seen_by (CcLineage *self, CcLineage *other);

/* What became of one thing after a place of the lineage. */
typedef struct
{
  gint64     time;      /* when it was last changed: Unix seconds */
  gint64     place;     /* of that act */
  gboolean   whole;     /* by a delivery or otherwise as a whole; else by the values named */
  gboolean   state;     /* withdrawn or woken */
  GPtrArray *variables; /* char *: ids of the variables that changed; NULL where none */
} CcTouch;

typedef struct
{
  GHashTable *records; /* record id to CcTouch */
  GHashTable *members; /* record id to CcTouch: moved between persons or events */
  GHashTable *rows;    /* "table key" to CcTouch: other tables */
  GPtrArray  *gone;    /* CcGoneRow: rows of other tables that were removed */
} CcTouches;

typedef struct
{
  char *table;
  char *key;
  char *image; /* "column=literal,..." */
} CcGoneRow;

/* Changes after a place, without those that took each other back, and without those that a merge
 * brought from `other`. Values that such a merge replaced count as unchanged again. */
CcTouches *cc_touches_read (CcConnection *connection,
                            CcLineage    *self,
                            gint64        since,
                            CcLineage    *other,
                            GError      **error);
void       cc_touches_free (CcTouches *self);
CcTouch   *cc_touches_find (GHashTable *touches, gint64 id);
CcTouch   *cc_touches_find_row (CcTouches *self, const char *table, const char *key);
gboolean   cc_touch_has (const CcTouch *self, const char *variable);

/* Stands among the variables of a touch where what a link connects was changed. */
#define CC_TOUCH_PARENTS ":parents"

/* Words of the chain by which merges and packages tell what came from where. */
#define CC_MERGE_TABLE   "merge"   /* key: head of the file that was brought in */
#define CC_CAME_TABLE    "merged"  /* key: record; after: when the other file changed it */
#define CC_PACKAGE_TABLE "package" /* key: head of the origin */
#define CC_CAME_PREFIX   "package:"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLineage, cc_lineage_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcTouches, cc_touches_free)

G_END_DECLS

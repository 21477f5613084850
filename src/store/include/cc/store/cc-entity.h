/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* A reporting entity. */
typedef struct
{
  gint64        id;
  char         *key; /* short stable key */
  char         *name;
  const CcCode *type;       /* list RETYPE */
  gboolean      identifies; /* may decide on a victim's status; default by type */
  int           basis;      /* of its records: 0 full, 1 hash-only, 2 aggregate-only */
} CcEntity;

/* One delivery, or a nil return. */
typedef struct
{
  gint64     id;
  gint64     entity;
  CcInterval period; /* unknown where none was stated */
  char      *file_name;
  char      *sha256;
  gint64     received; /* Unix seconds */
  gint64     rows;
  gint64     accepted;
  gint64     parked;
  gint64     rejected;
  gboolean   nil;
  gint64     replaces;        /* 0 where none */
  char      *state;           /* live or withdrawn */
  gint64     profile_version; /* 0 where none */
} CcSubmission;

CcEntity  *cc_entity_copy (const CcEntity *self);
void       cc_entity_free (CcEntity *self);
void       cc_submission_free (CcSubmission *self);
gboolean   cc_entity_add (CcCaseFile   *file,
                          const char   *key,
                          const char   *name,
                          const CcCode *type,
                          GError      **error);
CcEntity  *cc_entity_find (CcCaseFile *file, const char *key, GError **error);
GPtrArray *cc_entity_list (CcCaseFile *file, GError **error);
GPtrArray *cc_submission_list (CcCaseFile *file, GError **error);
gint64 cc_submission_add_nil (CcCaseFile *file, gint64 entity, CcInterval period, GError **error);

/* The same inside an act; ids are returned, 0 with an error. */
gint64 cc_act_add_entity (CcAct        *act,
                          const char   *key,
                          const char   *name,
                          const CcCode *type,
                          GError      **error);
char  *cc_entity_make_key (CcCaseFile *file, const char *name, const CcCode *type, GError **error);
gint64 cc_act_add_named_entity (CcAct        *act,
                                const char   *name,
                                const CcCode *type,
                                char        **key,
                                GError      **error);
gboolean cc_act_set_entity_rights (CcAct   *act,
                                   gint64   entity,
                                   gboolean identifies,
                                   int      basis,
                                   GError **error);
gboolean cc_act_expect_return (CcAct *act, gint64 entity, CcInterval period, GError **error);

/* Adds a delivery with what `submission` says; its id, received and state are set. Later its
 * counts are written with cc_act_update_submission (). */
gboolean cc_act_add_submission (CcAct *act, CcSubmission *submission, GError **error);
gboolean cc_act_update_submission (CcAct *act, const CcSubmission *submission, GError **error);

/* One raw row as it arrived. row counts from 1 as in Excel; cells is a JSON array of texts; state
 * is accepted, parked or rejected; reason is NULL for accepted rows. Returns the id, 0 with an
 * error. */
gint64   cc_act_add_source_row (CcAct      *act,
                                gint64      submission,
                                const char *sheet,
                                gint64      row,
                                const char *cells,
                                const char *state,
                                const char *reason,
                                GError    **error);
gboolean cc_act_set_source_row_state (CcAct      *act,
                                      gint64      source_row,
                                      const char *state,
                                      const char *reason,
                                      GError    **error);

/* One count that was sent as a count. event and source_row may be 0; categories is a text such as
 * "sex=F;age-class=child". */
gint64 cc_act_add_aggregate_cell (CcAct      *act,
                                  gint64      submission,
                                  gint64      source_row,
                                  gint64      event,
                                  const char *unit,
                                  CcInterval  period,
                                  const char *categories,
                                  gint64      count,
                                  GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcEntity, cc_entity_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSubmission, cc_submission_free)

G_END_DECLS

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
  gint64     replaces; /* 0 where none */
  char      *state;    /* live or withdrawn */
} CcSubmission;

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcEntity, cc_entity_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSubmission, cc_submission_free)

G_END_DECLS

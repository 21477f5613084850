/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-map.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Kept mapping profiles: the text of a map, in versions, per entity. */

typedef struct
{
  gint64 id; /* of the version */
  char  *name;
  char  *entity; /* key */
  gint64 version;
  char  *signature;
  char  *body;
} CcProfile;

void       cc_profile_free (CcProfile *self);
GPtrArray *cc_profile_list (CcCaseFile *file, GError **error); /* newest version of each */
CcProfile *cc_profile_find (CcCaseFile *file, const char *name, GError **error);

/* The entity's profile whose headers fit this file best; NULL without error where none does. */
CcProfile *
cc_profile_match (CcCaseFile *file, const char *entity, CcInspection *inspection, GError **error);

/* Share of the headers that the profile and the file have in common, 0 to 1. */
double cc_profile_compare (const CcProfile *self, CcInspection *inspection);
/* A name under which the map of a file is kept without covering another layout of the sender. */
char *cc_profile_choose_name (CcCaseFile   *file,
                              const char   *entity,
                              CcInspection *inspection,
                              GError      **error);

/* Keeps a map under a name as a new version; the same text again makes none. Within an act. */
gint64   cc_profile_keep (CcAct      *act,
                          gint64      entity,
                          const char *name,
                          const char *signature,
                          CcMap      *map,
                          GError    **error);
gboolean cc_profile_export (CcCaseFile *file, const char *name, const char *path, GError **error);
gboolean cc_profile_import (CcCaseFile *file,
                            const char *entity,
                            const char *name,
                            const char *path,
                            GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcProfile, cc_profile_free)

G_END_DECLS

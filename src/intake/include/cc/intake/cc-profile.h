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
/* Whether the file has the layout that the profile is about, columns that came and went apart. */
gboolean cc_profile_covers (const CcProfile *self, CcInspection *inspection);
/* How many headers of the file the profile knows. n_columns, n_known (out): headers of the file and
 * of the one that the profile was made for. */
guint cc_profile_count_common (const CcProfile *self,
                               CcInspection    *inspection,
                               guint           *n_columns,
                               guint           *n_known);
/* What it decides for a file: all columns of its own layout, a part of those of another. */
CcMap *cc_profile_load_map (const CcProfile *self, CcInspection *inspection, GError **error);
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

/* Why a file is read the way it is. */
typedef enum
{
  CC_READING_FIRST,  /* the sender has no profile */
  CC_READING_KNOWN,  /* as the profile says, but for columns that came and went */
  CC_READING_PARTLY, /* another layout: what the profile says of the columns they share is used */
  CC_READING_ANEW,   /* too little in common with any profile of the sender */
} CcReadingHow;

typedef struct
{
  CcReadingHow how;
  char        *profile;   /* that was used, or is the nearest; NULL with CC_READING_FIRST */
  guint        n_columns; /* headers of the file */
  guint        n_known;   /* headers of the file that the profile was made for */
  guint        n_common;
} CcReading;

CcReading *cc_reading_find (CcCaseFile      *file,
                            const char      *entity,
                            const CcProfile *used,
                            CcInspection    *inspection,
                            GError         **error);
void       cc_reading_free (CcReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcProfile, cc_profile_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReading, cc_reading_free)

G_END_DECLS

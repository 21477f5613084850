/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* What a case file keeps beside records: settings, mapping profiles, populations. Reading takes a
 * reader of the file or the connection of a running act. */

/* Preferences that belong to the data, not to the computer. A NULL value removes the key. */
gboolean cc_act_set_setting (CcAct *act, const char *key, const char *value, GError **error);
char    *cc_store_get_setting (CcConnection *connection, const char *key, GError **error);

/* One version of a mapping profile. */
typedef struct
{
  gint64 id;      /* of the version: what submission.profile_version holds */
  gint64 profile; /* of the profile */
  gint64 entity;  /* 0 for profiles of no single entity */
  int    version; /* from 1 */
  char  *name;
  char  *body;      /* the map file's text */
  char  *signature; /* by which intake recognises the same table; may be NULL */
} CcProfileVersion;

void cc_profile_version_free (CcProfileVersion *self);

/* Keeps a profile under its name: a new version unless the newest says the same. Sets id, profile
 * and version. */
gboolean cc_act_keep_profile (CcAct *act, CcProfileVersion *profile, GError **error);

/* The newest version of the profile of that name; NULL with CC_ERROR_NOT_FOUND. */
CcProfileVersion *
cc_store_find_profile (CcConnection *connection, const char *name, GError **error);

/* Element-type CcProfileVersion: the newest version of each, by name; entity 0: of all. */
GPtrArray *cc_store_list_profiles (CcConnection *connection, gint64 entity, GError **error);

/* One figure of a population, for rates. sex and age_class are handles of the axes (F, child ...)
 * or "total". */
typedef struct
{
  int    year;
  char  *sex;
  char  *age_class;
  gint64 count;
  char  *source;
} CcPopulation;

void cc_population_free (CcPopulation *self);

/* Adds figures; one of the same year, sex and age class is replaced. Element-type CcPopulation. */
gboolean   cc_act_set_population (CcAct *act, GPtrArray *figures, GError **error);
GPtrArray *cc_store_list_population (CcConnection *connection, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcProfileVersion, cc_profile_version_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPopulation, cc_population_free)

G_END_DECLS

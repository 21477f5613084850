/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-profile.h>

/* Why a file is read the way it is: which profile, and how much of the file it knows. */

void
cc_reading_free (CcReading *self)
{
  if (!self)
    return;
  g_free (self->profile);
  g_free (self);
}

/* The profile of the sender that is most like the file, however little that is. */
static const CcProfile *
find_nearest (GPtrArray *profiles, const char *entity, CcInspection *inspection)
{
  const CcProfile *nearest = NULL;
  double           most = -1;

  for (guint i = 0; i < profiles->len; i++)
    {
      const CcProfile *profile = profiles->pdata[i];
      double           value;

      if (g_strcmp0 (profile->entity, entity) != 0)
        continue;
      value = cc_profile_compare (profile, inspection);
      if (value > most)
        {
          most = value;
          nearest = profile;
        }
    }
  return nearest;
}

/**
 * cc_reading_find:
 * @entity: (nullable): key of the sender
 * @used: (nullable): the profile whose decisions the file is read with
 *
 * To be asked before the import, which makes a profile of the file's own.
 *
 * Returns: (transfer full): why the file is read as it is, or %NULL with an error
 */
CcReading *
cc_reading_find (CcCaseFile      *file,
                 const char      *entity,
                 const CcProfile *used,
                 CcInspection    *inspection,
                 GError         **error)
{
  CcReading *self;
  g_autoptr (GPtrArray) profiles = NULL;

  g_return_val_if_fail (file != NULL && inspection != NULL, NULL);

  profiles = cc_profile_list (file, error);
  if (!profiles)
    return NULL;
  self = g_new0 (CcReading, 1);
  self->how = CC_READING_FIRST;
  if (used)
    /* One that was brought in by hand knows no file yet: it is for whatever the sender sends. */
    self->how = !*used->signature || cc_profile_covers (used, inspection) ? CC_READING_KNOWN
                                                                          : CC_READING_PARTLY;
  else if ((used = find_nearest (profiles, entity, inspection)))
    self->how = CC_READING_ANEW;
  if (used)
    {
      self->profile = g_strdup (used->name);
      self->n_common = cc_profile_count_common (used, inspection, &self->n_columns, &self->n_known);
    }
  return self;
}

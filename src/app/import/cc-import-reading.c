/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-reading.h"

#include <string.h>
#include <cc/store/cc-entity.h>

#define FIRST_ROWS 50

CcImportRequest *
cc_import_request_new (CcSession *session, const char *path)
{
  CcImportRequest *self = g_new0 (CcImportRequest, 1);

  self->session = cc_session_ref (session);
  self->path = g_strdup (path);
  return self;
}

void
cc_import_request_free (CcImportRequest *self)
{
  cc_session_unref (self->session);
  cc_map_free (self->keep);
  g_clear_object (&self->tell_data);
  g_free (self->path);
  g_free (self->entity);
  g_free (self);
}

void
cc_import_reading_free (CcImportReading *self)
{
  cc_map_free (self->map);
  cc_drift_free (self->drift);
  cc_reading_free (self->reading);
  cc_profile_free (self->profile);
  cc_guess_free (self->guess);
  cc_inspection_free (self->inspection);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_free (self->entity);
  g_free (self->map_path);
  g_free (self);
}

/* "police.xlsx" may have a "police.map" beside it, with what somebody decided before. */
static char *
find_map_file (const char *path)
{
  const char      *dot = strrchr (path, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (path, dot - path) : g_strdup (path);
  g_autofree char *map = g_strconcat (stem, ".map", NULL);

  return g_file_test (map, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&map) : NULL;
}

static void
on_progress (const CcProgressState *state, gpointer user_data)
{
  CcImportRequest *request = user_data;

  if (request->tell != NULL && state->total > 0)
    request->tell (request->tell_data, (double) state->done / (double) state->total, NULL);
}

static gboolean
inspect (CcImportReading *self,
         CcImportRequest *request,
         CcMap           *map,
         GCancellable    *cancellable,
         GError         **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (request->session));
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, on_progress, request);

  if (request->first_rows && request->tell != NULL)
    {
      CcPreview *rows =
          cc_preview_load (pack, request->path, NULL, NULL, FIRST_ROWS, cancellable, error);

      if (rows == NULL)
        return FALSE;
      request->tell (request->tell_data, 0, rows);
    }
  self->inspection =
      cc_inspect_with (pack, request->path, request->header_rows ? request->keep : map,
                       cc_day_today (), progress, error);
  return self->inspection != NULL;
}

static gboolean
has_entity (CcImportReading *self, const char *key)
{
  for (guint i = 0; key != NULL && i < self->entities->len; i++)
    if (g_str_equal (((CcEntity *) g_ptr_array_index (self->entities, i))->key, key))
      return TRUE;
  return FALSE;
}

/* The map as cc_import_file () makes it from the same decisions. */
static gboolean
settle (CcImportReading *self,
        CcImportRequest *request,
        CcInspection    *inspection,
        CcMap           *file_map,
        GError         **error)
{
  CcCaseFile *file = cc_session_get_file (request->session);
  CcPack     *pack = cc_case_file_get_pack (file);
  g_autoptr (CcMap) known = NULL;
  g_autoptr (GError) problem = NULL;

  if (file_map == NULL && self->entity != NULL)
    self->profile = cc_profile_match (file, self->entity, inspection, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (file_map == NULL)
    {
      self->reading = cc_reading_find (file, self->entity, self->profile, inspection, error);
      if (self->reading == NULL)
        return FALSE;
    }
  if (self->profile != NULL)
    {
      known = cc_profile_load_map (self->profile, inspection, error);
      if (known == NULL)
        return FALSE;
      self->drift = cc_map_compare (known, inspection, pack);
    }
  self->map = cc_map_suggest (inspection, pack, file_map != NULL ? file_map : known, error);
  if (self->map == NULL)
    return FALSE;
  if (request->keep != NULL)
    cc_map_carry_over (self->map, request->keep);
  return TRUE;
}

CcImportReading *
cc_import_reading_load (CcImportRequest *request, GCancellable *cancellable, GError **error)
{
  CcCaseFile *file = cc_session_get_file (request->session);
  CcPack     *pack = cc_case_file_get_pack (file);
  g_autoptr (CcImportReading) self = g_new0 (CcImportReading, 1);
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (CcMap) file_map = NULL;
  CcInspection *inspection;

  self->map_path = find_map_file (request->path);
  if (request->use_map && self->map_path != NULL)
    {
      file_map = cc_map_load (self->map_path, error);
      if (file_map == NULL || !cc_map_check (file_map, pack, error))
        return NULL;
    }
  self->entities = cc_entity_list (file, error);
  if (self->entities == NULL || (self->submissions = cc_submission_list (file, error)) == NULL
      || (profiles = cc_profile_list (file, error)) == NULL)
    return NULL;
  if (request->known == NULL && !inspect (self, request, file_map, cancellable, error))
    return NULL;
  inspection = request->known != NULL ? request->known : self->inspection;
  self->guess = cc_guess_delivery (pack, inspection, self->entities, profiles, self->submissions);
  if (has_entity (self, request->entity))
    self->entity = g_strdup (request->entity);
  else if (!request->said)
    self->entity = g_strdup (self->guess->entity);
  if (!settle (self, request, inspection, file_map, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-create-work.h"

#include "cc-language.h"
#include "library/cc-library.h"

#include <glib/gstdio.h>
#include <cc/practice/cc-practice.h>
#include <cc/store/cc-user.h>

#include <string.h>

void
cc_new_file_free (CcNewFile *self)
{
  explicit_bzero (self->passphrase, strlen (self->passphrase));
  g_free (self->passphrase);
  g_free (self->country);
  g_free (self->name);
  g_free (self->user);
  g_free (self->hat);
  g_free (self);
}

static gboolean
create_file (const CcNewFile *self, const char *path, GError **error)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (error);
  g_autofree char *signature = cc_user_join (self->user, self->hat);
  g_autoptr (CcCaseFile) file = NULL;

  if (pack == NULL)
    return FALSE;
  file = cc_case_file_create_signed (path, self->passphrase, pack, self->country, self->practice,
                                     signature, error);
  if (file == NULL)
    return FALSE;
  if (cc_user_choose (file, self->user, self->hat, NULL, error) && cc_case_file_close (file, error))
    return TRUE;
  g_clear_pointer (&file, cc_case_file_free);
  (void) g_unlink (path);
  return FALSE;
}

static gboolean
check_fields (CcNewFile *self, const char *folder, GError **error)
{
  self->fault = CC_CREATE_FIELD_NAME;
  if (!cc_library_check_name (folder, self->name, error))
    return FALSE;
  self->fault = CC_CREATE_FIELD_USER;
  if (*self->user != '\0' && !cc_user_check (self->user, "", error))
    return FALSE;
  self->fault = CC_CREATE_FIELD_HAT;
  if (*self->user != '\0' && !cc_user_check (self->user, self->hat, error))
    return FALSE;
  self->fault = CC_CREATE_FIELD_NONE;
  return TRUE;
}

static void
create_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  CcNewFile       *self = task_data;
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *path = cc_library_build_path (folder, self->name);
  g_autoptr (GPtrArray) items = NULL;
  GError *error = NULL;

  /* Listing makes the folder. */
  self->fault = CC_CREATE_FIELD_FOLDER;
  items = cc_library_list (folder, &error);
  if (items == NULL || !check_fields (self, folder, &error) || !create_file (self, path, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  (void) cc_library_note (folder, path, self->country, self->practice, NULL);
  g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

void
cc_new_file_create_async (CcNewFile *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_name (task, "create case file");
  g_task_set_source_tag (task, cc_new_file_create_async);
  g_task_set_task_data (task, self, (GDestroyNotify) cc_new_file_free);
  g_task_run_in_thread (task, create_in_thread);
}

char *
cc_new_file_create_finish (GAsyncResult *result, CcCreateField *fault, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cc_new_file_create_async), NULL);
  *fault = ((const CcNewFile *) g_task_get_task_data (G_TASK (result)))->fault;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcCountryList) countries = NULL;
  g_autoptr (GPtrArray) codes = NULL;

  if (pack != NULL)
    countries = cc_country_list_new (pack, cc_language_get ());
  if (pack != NULL && GPOINTER_TO_INT (task_data))
    {
      codes = cc_practice_list_countries (&error);
      if (codes != NULL)
        {
          CcCountryList *invented = cc_country_list_limit (countries, codes);

          cc_country_list_unref (countries);
          countries = invented;
        }
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&countries),
                           (GDestroyNotify) cc_country_list_unref);
}

void
cc_countries_load_async (gboolean            invented_only,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "load countries");
  g_task_set_source_tag (task, cc_countries_load_async);
  g_task_set_task_data (task, GINT_TO_POINTER (invented_only), NULL);
  g_task_run_in_thread (task, load_in_thread);
}

CcCountryList *
cc_countries_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cc_countries_load_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

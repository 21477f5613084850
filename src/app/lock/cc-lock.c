/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VARIABLE "CASECOUNT_RESUME"

/* Paths are bytes and may be in no encoding. */
#define FORMAT "(ia(aysuu))"

static void
locked_file_free (gpointer data)
{
  CcLockedFile *self = data;

  g_free (self->path);
  g_free (self->page);
  g_free (self);
}

CcLocked *
cc_locked_new (int minutes)
{
  CcLocked *self = g_new0 (CcLocked, 1);

  self->files = g_ptr_array_new_with_free_func (locked_file_free);
  self->minutes = minutes;
  return self;
}

/* page: (nullable). Returns: (transfer none): for what else there is to say of the file */
CcLockedFile *
cc_locked_add (CcLocked *self, const char *path, const char *page)
{
  CcLockedFile *file;

  g_return_val_if_fail (self != NULL && path != NULL, NULL);
  file = g_new0 (CcLockedFile, 1);
  file->path = g_strdup (path);
  file->page = g_strdup (page != NULL ? page : "");
  g_ptr_array_add (self->files, file);
  return file;
}

void
cc_locked_free (CcLocked *self)
{
  g_ptr_array_unref (self->files);
  g_free (self);
}

char *
cc_locked_pack (const CcLocked *self)
{
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder builder;

  g_return_val_if_fail (self != NULL, NULL);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(aysuu)"));
  for (guint i = 0; i < self->files->len; i++)
    {
      const CcLockedFile *file = g_ptr_array_index (self->files, i);

      g_variant_builder_add (&builder, "(@aysuu)", g_variant_new_bytestring (file->path),
                             file->page, file->kept, file->n_waiting);
    }
  variant = g_variant_ref_sink (g_variant_new (FORMAT, self->minutes, &builder));
  return g_base64_encode (g_variant_get_data (variant), g_variant_get_size (variant));
}

CcLocked *
cc_locked_unpack (const char *text)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariantIter) files = NULL;
  CcLocked   *self;
  const char *path;
  const char *page;
  guchar     *data;
  gsize       size;
  int         minutes;
  guint       kept;
  guint       n_waiting;

  g_return_val_if_fail (text != NULL, NULL);
  data = g_base64_decode (text, &size);
  bytes = g_bytes_new_take (data, size);
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), bytes, FALSE));
  if (size == 0 || !g_variant_is_normal_form (variant))
    return NULL;
  g_variant_get (variant, FORMAT, &minutes, &files);
  self = cc_locked_new (minutes);
  while (g_variant_iter_next (files, "(^&ay&suu)", &path, &page, &kept, &n_waiting))
    {
      CcLockedFile *file = cc_locked_add (self, path, page);

      file->kept = kept;
      file->n_waiting = n_waiting;
    }
  return self;
}

CcLocked *
cc_lock_take_over (void)
{
  g_autofree char *text = g_strdup (g_getenv (VARIABLE));

  if (text == NULL)
    return NULL;
  g_unsetenv (VARIABLE);
  return cc_locked_unpack (text);
}

/* The new program must own the name at once, or it would take the one that goes for a running one
 * and hand its work to it. */
static void
release_name (GApplication *application)
{
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  g_autoptr (GVariant) answer = NULL;

  if (connection == NULL)
    return;
  answer =
      g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "ReleaseName",
                                   g_variant_new ("(s)",
                                                  g_application_get_application_id (application)),
                                   NULL, G_DBUS_CALL_FLAGS_NONE, 1000, NULL, NULL);
}

/* Connections of libraries that did not mark them themselves. */
static void
close_on_exec (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      const int fd = atoi (name);

      if (fd > STDERR_FILENO)
        (void) fcntl (fd, F_SETFD, FD_CLOEXEC);
    }
}

void
cc_lock_restart (GApplication *application, const CcLocked *locked)
{
  g_autofree char *text = cc_locked_pack (locked);
  g_autofree char *name = g_strdup (g_get_prgname ());
  char *const      arguments[] = { name, NULL };

  g_setenv (VARIABLE, text, TRUE);
  release_name (application);
  close_on_exec ();
  execv ("/proc/self/exe", arguments);
  g_warning ("The program could not be started anew: %s", g_strerror (errno));
  g_unsetenv (VARIABLE);
}

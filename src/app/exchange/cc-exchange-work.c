/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-exchange-work.h"

#include "library/cc-library.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-making.h>
#include <cc/store/cc-place.h>
#include <cc/stats/cc-facts.h>

#include <errno.h>

static CcCaseFile *
open_file (const char *path, const char *passphrase, CcOpenMode mode, GError **error)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (error);
  g_autoptr (CcCaseFile) file = NULL;

  if (pack == NULL)
    return NULL;
  file = cc_case_file_open (path, passphrase, pack, mode, error);
  if (file == NULL || (mode == CC_OPEN_READ_WRITE && !cc_facts_attach (file, error)))
    return NULL;
  return g_steal_pointer (&file);
}

void
cc_exchange_meeting_free (CcExchangeMeeting *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->users, cc_user_list_free);
  g_free (self);
}

CcExchangeMeeting *
cc_exchange_work_compare (const char *path,
                          const char *other,
                          const char *passphrase,
                          GError    **error)
{
  g_autoptr (CcExchangeMeeting) self = g_new0 (CcExchangeMeeting, 1);
  g_autofree char *folder = cc_library_get_folder ();
  g_autoptr (CcCaseFile) here = open_file (path, passphrase, CC_OPEN_READ_ONLY, error);
  g_autoptr (CcCaseFile) there = NULL;

  if (here != NULL)
    there = open_file (other, passphrase, CC_OPEN_READ_ONLY, error);
  if (there == NULL || !cc_exchange_compare (here, there, &self->kinship, error))
    return NULL;
  /* Whoever takes it as well finds it in the library as what it is. */
  (void) cc_library_note (folder, other, cc_case_file_get_country (there),
                          cc_case_file_is_practice (there), NULL);
  self->users = cc_user_list (here, error);
  return self->users != NULL ? g_steal_pointer (&self) : NULL;
}

gboolean
cc_exchange_work_merge (CcCaseFile    *file,
                        const char    *other,
                        const char    *passphrase,
                        CcProgress    *progress,
                        CcMergeResult *result,
                        GError       **error)
{
  g_autoptr (CcCaseFile) there = open_file (other, passphrase, CC_OPEN_READ_ONLY, error);

  return there != NULL && cc_merge (file, there, progress, result, error);
}

static gboolean
sign (CcCaseFile *file, const char *name, const char *hat, CcProgress *progress, GError **error)
{
  return cc_user_choose (file, name, hat,
                         progress != NULL ? cc_progress_get_cancellable (progress) : NULL, error);
}

gboolean
cc_exchange_work_merge_closed (const char    *path,
                               const char    *other,
                               const char    *passphrase,
                               const char    *name,
                               const char    *hat,
                               CcProgress    *progress,
                               CcMergeResult *result,
                               GError       **error)
{
  g_autoptr (CcCaseFile) here = open_file (path, passphrase, CC_OPEN_READ_WRITE, error);

  return here != NULL && sign (here, name, hat, progress, error)
         && cc_exchange_work_merge (here, other, passphrase, progress, result, error)
         && cc_case_file_close (here, error);
}

gboolean
cc_exchange_work_merge_open (const char    *path,
                             const char    *passphrase,
                             CcCaseFile    *other,
                             CcProgress    *progress,
                             CcMergeResult *result,
                             GError       **error)
{
  g_autoptr (CcCaseFile) here = open_file (path, passphrase, CC_OPEN_READ_WRITE, error);
  g_autofree char *signature = cc_case_file_get_user (other);
  g_autofree char *name = NULL;
  g_autofree char *hat = NULL;

  cc_user_split (signature, &name, &hat);
  return here != NULL && sign (here, name, hat, progress, error)
         && cc_merge (here, other, progress, result, error) && cc_case_file_close (here, error);
}

/* path: (out) (transfer full): the copy. Returns: (transfer full) (nullable): its folder, for
 * cc_making_remove_folder () with the part. */
static char *
copy_in (GFile *other, CcProgress *progress, CcMaking **part, char **path, GError **error)
{
  g_autofree char *library = cc_library_get_folder ();
  char            *folder = NULL;

  if (!cc_place_make_folder (library)
      || (folder = cc_making_make_folder (library, "merge", part)) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  if (cc_library_add (folder, other, "merge", progress, path, error))
    return folder;
  cc_making_remove_folder (folder, *part);
  return NULL;
}

gboolean
cc_exchange_work_compare_outside (CcCaseFile *file,
                                  GFile      *other,
                                  const char *passphrase,
                                  CcProgress *progress,
                                  CcKinship  *kinship,
                                  GError    **error)
{
  CcMaking        *part = NULL;
  g_autofree char *path = NULL;
  char            *folder = copy_in (other, progress, &part, &path, error);
  CcCaseFile      *there;
  gboolean         ok;

  if (folder == NULL)
    return FALSE;
  there = open_file (path, passphrase, CC_OPEN_READ_ONLY, error);
  ok = there != NULL && cc_exchange_compare (file, there, kinship, error);
  g_clear_pointer (&there, cc_case_file_free);
  cc_making_remove_folder (folder, part);
  return ok;
}

gboolean
cc_exchange_work_merge_outside (CcCaseFile    *file,
                                GFile         *other,
                                const char    *passphrase,
                                CcProgress    *progress,
                                CcMergeResult *result,
                                GError       **error)
{
  CcMaking        *part = NULL;
  g_autofree char *path = NULL;
  char            *folder = copy_in (other, progress, &part, &path, error);
  gboolean         ok;

  if (folder == NULL)
    return FALSE;
  ok = cc_exchange_work_merge (file, path, passphrase, progress, result, error);
  cc_making_remove_folder (folder, part);
  return ok;
}

GStrv
cc_exchange_work_find_copies (const char *folder, const char *path)
{
  g_autoptr (GPtrArray) items = cc_library_list (folder, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const CcLibraryItem *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (item->path, path) != 0 && cc_exchange_is_copy (item->path, path))
        g_ptr_array_add (found, g_strdup (item->path));
    }
  if (found->len == 0)
    return NULL;
  g_ptr_array_add (found, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

/* format: with one number, for so many. Nothing is said of what there is none of. */
static void
add_sentence (GString *text, const char *format, gint64 n)
{
  g_autoptr (GString) sentence = g_string_new (format);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  if (n == 0)
    return;
  g_string_replace (sentence, "%s", number, 1);
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence->str);
}

char *
cc_exchange_describe_result (const CcMergeResult *result)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (result->act == 0)
    return g_strdup (_ ("Everything in it was known here already. Nothing was changed."));
  add_sentence (text,
                ngettext ("%s agency is new.", "%s agencies are new.", (gulong) result->agencies),
                result->agencies);
  add_sentence (text,
                ngettext ("%s delivery is new.", "%s deliveries are new.",
                          (gulong) result->deliveries),
                result->deliveries);
  add_sentence (text, ngettext ("%s record is new.", "%s records are new.", (gulong) result->added),
                result->added);
  add_sentence (text,
                ngettext ("%s record was updated.", "%s records were updated.",
                          (gulong) result->updated),
                result->updated);
  add_sentence (text,
                ngettext ("%s record was brought back.", "%s records were brought back.",
                          (gulong) result->woken),
                result->woken);
  add_sentence (text,
                ngettext ("%s record was withdrawn.", "%s records were withdrawn.",
                          (gulong) result->withdrawn),
                result->withdrawn);
  add_sentence (text,
                ngettext ("%s entry was changed on both sides: it waits under Checks.",
                          "%s entries were changed on both sides: they wait under Checks.",
                          (gulong) result->conflicts),
                result->conflicts);
  if (text->len > 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  if (result->others > 0 || result->persons > 0)
    return g_strdup (_ ("No record came or changed. What else is new was brought in, such as "
                        "decisions and settings."));
  return g_strdup (_ ("No record came or changed."));
}

char *
cc_exchange_describe_kinship (CcKinship kinship, const char *name)
{
  switch (kinship)
    {
    case CC_KINSHIP_SAME:
      return g_strdup_printf (_ ("The file that you bring in says the same as “%s”."), name);
    case CC_KINSHIP_OLDER:
      return g_strdup_printf (_ ("The file that you bring in is older: “%s” holds all of it."),
                              name);
    case CC_KINSHIP_NEWER:
      return g_strdup_printf (_ ("The file that you bring in is newer: work went on in it, and not "
                                 "in “%s”."),
                              name);
    case CC_KINSHIP_DIVERGED:
      return g_strdup_printf (
          _ ("Work went on in both, in “%s” and in the file that you bring in."), name);
    case CC_KINSHIP_OTHER:
    default:
      return g_strdup_printf (_ ("The file that you bring in is another case file than “%s”."),
                              name);
    }
}

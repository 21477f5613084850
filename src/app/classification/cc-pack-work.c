/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-work.h"

#include "cc-backups.h"

#include <glib/gi18n.h>
#include <cc/store/cc-backup.h>

CcPackRequest *
cc_pack_request_new (CcSession *session, const char *folder, const char *concordance)
{
  CcPackRequest *self = g_new0 (CcPackRequest, 1);

  self->session = cc_session_ref (session);
  self->folder = g_strdup (folder);
  self->concordance = g_strdup (concordance);
  return self;
}

void
cc_pack_request_free (CcPackRequest *self)
{
  if (self == NULL)
    return;
  cc_session_unref (self->session);
  g_free (self->folder);
  g_free (self->concordance);
  g_free (self);
}

void
cc_pack_outcome_free (CcPackOutcome *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->install, cc_pack_install_free);
  g_free (self->backup);
  g_free (self);
}

gpointer
cc_pack_work_preview (CcProgress *progress, gpointer data, GError **error)
{
  const CcPackRequest *self = data;

  return cc_pack_preview (cc_session_get_file (self->session), self->folder, self->concordance,
                          cc_progress_get_cancellable (progress), error);
}

/* The backup can be cancelled; installing is one act of moments. */
gpointer
cc_pack_work_install (CcProgress *progress, gpointer data, GError **error)
{
  const CcPackRequest *self = data;
  CcCaseFile          *file = cc_session_get_file (self->session);
  g_autoptr (CcPackOutcome) outcome = g_new0 (CcPackOutcome, 1);

  cc_backups_prepare_folder ();
  if (!cc_case_file_backup (file, NULL, CC_BACKUP_PACK, progress, &outcome->backup, error))
    return NULL;
  outcome->install = cc_pack_install (file, self->folder, self->concordance, error);
  return outcome->install != NULL ? g_steal_pointer (&outcome) : NULL;
}

char *
cc_pack_find_concordance (CcSession *session, const char *folder)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  g_autofree char *own = g_strdup_printf ("concordance-%s.csv", cc_pack_get_id (pack));
  const char      *names[] = { own, "concordance.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

char *
cc_pack_describe_version (CcSession *session, CcPack *pack)
{
  g_autofree char *version = cc_session_format_number (session, cc_pack_get_version (pack));

  /* Translators: of a classification: %1$s is a number, %2$s its short name. */
  return g_strdup_printf (_ ("Version %1$s · %2$s"), version, cc_pack_get_id (pack));
}

static char *
get_code_label (CcSession *session, CcPack *pack, const char *list, const char *code)
{
  const CcCode *found = cc_pack_find_code (pack, list, code);
  char         *label = found != NULL
                            ? cc_pack_get_code_label (pack, found, cc_session_get_language (session))
                            : NULL;

  return label != NULL ? label : g_strdup (code);
}

static char *
join_targets (CcSession *session, CcPack *pack, const CcPackChange *change)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; change->targets[i] != NULL; i++)
    {
      g_autofree char *label =
          change->list != NULL ? get_code_label (session, pack, change->list, change->targets[i])
                               : g_strdup (change->targets[i]);

      /* Translators: between the names of codes. */
      g_string_append_printf (text, "%s%s (%s)", i > 0 ? _ (", ") : "", label, change->targets[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_fate (CcSession *session, CcPack *pack, const CcPackChange *change)
{
  g_autofree char *targets = join_targets (session, pack, change);

  switch (change->kind)
    {
    case CC_PACK_CHANGE_RENAMED:
      /* Translators: %s is the new name of a code. */
      return g_strdup_printf (_ ("Is called %s from then on"), targets);
    case CC_PACK_CHANGE_SPLIT:
      /* Translators: %s are names of codes. */
      return g_strdup_printf (_ ("Is told in several codes: %s. It stays until somebody decides "
                                 "case by case"),
                              targets);
    case CC_PACK_CHANGE_MERGED:
      /* Translators: %s is the name of a code. */
      return g_strdup_printf (_ ("Belongs to %s, as other old codes do, and stays beside it"),
                              targets);
    case CC_PACK_CHANGE_KEPT:
    case CC_N_PACK_CHANGES:
    default:
      return g_strdup (_ ("Has no counterpart and stays as it is"));
    }
}

char *
cc_pack_describe_change (CcSession *session, CcPack *pack, const CcPackChange *change)
{
  g_autofree char *fate = describe_fate (session, pack, change);
  g_autofree char *number = cc_session_format_number (session, change->records);
  g_autofree char *records =
      g_strdup_printf (ngettext ("Stated in %s record", "Stated in %s records",
                                 (gulong) change->records),
                       number);

  if (change->list == NULL)
    return g_steal_pointer (&fate);
  /* Translators: what becomes of a code, and how many records state it. */
  return g_strdup_printf (_ ("%1$s · %2$s"), fate, records);
}

char *
cc_pack_describe_old (CcSession *session, const CcPackChange *change)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  g_autofree char *label = NULL;

  if (change->list == NULL)
    {
      const char *name =
          cc_pack_get_label (pack, "variable", change->old, cc_session_get_language (session));

      return g_strdup_printf ("%s (%s)", name != NULL ? name : change->old, change->old);
    }
  label = get_code_label (session, pack, change->list, change->old);
  return g_strdup_printf ("%s (%s)", label, change->old);
}

char *
cc_pack_describe_preview (CcSession *session, const CcPackPreview *preview)
{
  const guint      stay = preview->n[CC_PACK_CHANGE_MERGED] + preview->n[CC_PACK_CHANGE_KEPT];
  g_autofree char *renamed = cc_session_format_number (session, preview->n[CC_PACK_CHANGE_RENAMED]);
  g_autofree char *split = cc_session_format_number (session, preview->n[CC_PACK_CHANGE_SPLIT]);
  g_autofree char *kept = cc_session_format_number (session, stay);
  g_autofree char *added = cc_session_format_number (session, preview->added);
  g_autofree char *records = cc_session_format_number (session, preview->records);
  g_autofree char *touched =
      g_strdup_printf (ngettext ("%s record states one of the codes that change.",
                                 "%s records state one of the codes that change.",
                                 (gulong) preview->records),
                       records);

  if (preview->changes->len == 0)
    return g_strdup_printf (_ ("All codes keep their names. New codes: %s."), added);
  /* Translators: four numbers of codes, then a whole sentence about records. */
  return g_strdup_printf (_ ("Codes with another name: %1$s. Told in several codes: %2$s. Staying "
                             "beside the new ones: %3$s. New: %4$s. %5$s"),
                          renamed, split, kept, added, touched);
}

char *
cc_pack_describe_outcome (CcSession *session, const CcPackOutcome *outcome)
{
  gint64           waiting = 0;
  g_autofree char *number = NULL;
  g_autofree char *open = NULL;

  for (guint i = 0; i < outcome->install->open->len; i++)
    waiting += ((const CcOpenCode *) g_ptr_array_index (outcome->install->open, i))->records;
  number = cc_session_format_number (session, waiting);
  open = g_strdup_printf (ngettext ("%s record waits for a person to choose among several codes.",
                                    "%s records wait for a person to choose among several codes.",
                                    (gulong) waiting),
                          number);
  /* Translators: %s is a whole sentence, or nothing. */
  return g_strdup_printf (_ ("What was counted by old codes is counted as before. %s This cannot "
                             "be undone: to go back, install the earlier classification by a "
                             "concordance the other way round, or restore the backup that was made "
                             "first. The case file is now closed and has to be opened again."),
                          waiting > 0 ? open : "");
}

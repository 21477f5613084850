/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-backups-texts.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
cc_backup_describe_reason (CcBackupReason reason)
{
  switch (reason)
    {
    case CC_BACKUP_DAILY:
      return _ ("Of the day");
    case CC_BACKUP_IMPORT:
      return _ ("Before a large delivery");
    case CC_BACKUP_MIGRATION:
      return _ ("Before a newer program changed the file");
    case CC_BACKUP_PASSPHRASE:
      return _ ("Before the passphrase was changed: opens with the old one");
    case CC_BACKUP_PACK:
      return _ ("Before another classification was installed");
    case CC_BACKUP_BY_HAND:
    case CC_N_BACKUP_REASONS:
    default:
      return _ ("Made by hand");
    }
}

char *
cc_backup_describe (const CcBackup *backup)
{
  g_autofree char *size = g_format_size ((guint64) backup->size);

  /* Translators: a backup in a list: why it was made, its size, and that it was tested when it was
   * made: "Of the day · 12.4 MB · Tested". */
  return g_strdup_printf (_ ("%1$s · %2$s · Tested"),
                          cc_backup_describe_reason (backup->stamp.reason), size);
}

/* The first thing that is missing, in the order of the form. */
static const char *
choose_hint (const CcRekeyValues *values, const CcRekeyState *state)
{
  const CcPassphraseLevel least = values->practice ? CC_PASSPHRASE_TOO_EASY : CC_PASSPHRASE_WEAK;

  if (*values->old == '\0')
    return _ ("Type the passphrase that the file has now.");
  if (*values->passphrase == '\0')
    return _ ("Choose a new passphrase.");
  if (strcmp (values->old, values->passphrase) == 0)
    return _ ("The new passphrase is the old one.");
  if (state->level < least)
    return _ ("Choose a passphrase that is harder to guess.");
  if (state->mismatch)
    return _ ("The two passphrases differ.");
  if (strcmp (values->passphrase, values->again) != 0)
    return _ ("Type the passphrase a second time.");
  return "";
}

void
cc_rekey_rules_apply (const CcRekeyValues *values, CcRekeyState *state)
{
  const char *known[] = { values->name, NULL };

  g_return_if_fail (values != NULL && state != NULL);
  state->level = cc_passphrase_level (cc_passphrase_bits (values->passphrase, known));
  /* While the second is being typed it is no mistake yet. */
  state->mismatch = *values->again != '\0'
                    && strncmp (values->passphrase, values->again, strlen (values->again)) != 0;
  state->hint = choose_hint (values, state);
  state->complete = *state->hint == '\0';
}

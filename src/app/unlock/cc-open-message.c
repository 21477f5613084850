/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-open-message.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>

static CcOpenMessage *
create_message (const char *title, char *body)
{
  CcOpenMessage *self = g_new0 (CcOpenMessage, 1);

  self->title = g_strdup (title);
  self->body = body;
  return self;
}

CcOpenMessage *
cc_open_message_new_for_kind (const char *name, CcFileKind kind)
{
  switch (kind)
    {
    case CC_FILE_ABSENT:
      return create_message (
          _ ("The File Is Not There"),
          g_strdup_printf (_ ("There is no file “%s” in its folder any more. Look whether it was "
                              "moved or renamed, or whether its disk is connected."),
                           name));
    case CC_FILE_EMPTY:
      return create_message (
          _ ("The File Is Empty"),
          g_strdup_printf (_ ("“%s” has no contents: it is not a case file, or its contents were "
                              "lost. It was not changed. Restore the newest backup."),
                           name));
    case CC_FILE_ZIP:
      return create_message (
          _ ("This Is Not a Case File"),
          g_strdup_printf (_ ("“%s” is a workbook or another zip archive. It was not changed. Open "
                              "a case file first; a workbook is brought into it with the command "
                              "casecount-cli import."),
                           name));
    case CC_FILE_TEXT:
      return create_message (
          _ ("This Is Not a Case File"),
          g_strdup_printf (_ ("“%s” is a text, perhaps a table. It was not changed. Open a case "
                              "file first; a table is brought into it with the command "
                              "casecount-cli import."),
                           name));
    case CC_FILE_PDF:
      return create_message (_ ("This Is Not a Case File"),
                             g_strdup_printf (_ ("“%s” is a PDF document. It was not changed. "
                                                 "Choose a file whose "
                                                 "name ends in .casecount."),
                                              name));
    case CC_FILE_PLAIN_SQLITE:
      return create_message (
          _ ("This Is Not a Case File"),
          g_strdup_printf (_ ("“%s” is a database of another program and is not encrypted. It was "
                              "not changed. Choose a file whose name ends in .casecount."),
                           name));
    case CC_FILE_OTHER:
      return create_message (
          _ ("This Is Not a Whole Case File"),
          g_strdup_printf (_ ("“%s” is not a case file, or it was cut off while it was copied. It "
                              "was not changed. Copy it again from where it came from, or restore "
                              "the newest backup."),
                           name));
    case CC_FILE_CASE_FILE:
    default:
      return NULL;
    }
}

static CcOpenMessage *
describe_wrong_passphrase (void)
{
  CcOpenMessage *self = create_message (
      _ ("The Passphrase Does Not Fit"),
      g_strdup (_ ("Either it is mistyped, or the beginning of the file is damaged. Nothing was "
                   "changed. Check capital letters and the language of the keyboard, and try "
                   "again. If it is certainly right, restore the newest backup.")));

  self->ask_again = TRUE;
  self->wrong_passphrase = TRUE;
  return self;
}

static CcOpenMessage *
describe_locked (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("The File Is in Use"),
      g_strdup_printf (_ ("Another window or program has “%s” open for writing. Nothing was "
                          "changed. Close it there and try again, or open it here for reading "
                          "only."),
                       name));

  self->ask_again = TRUE;
  self->offer_read_only = TRUE;
  return self;
}

static CcOpenMessage *
describe_unwritable (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("The Folder Cannot Be Written"),
      g_strdup_printf (_ ("The folder of “%s” does not allow writing. Nothing was changed. Open "
                          "the file for reading only, or copy it to a folder of your own."),
                       name));

  self->ask_again = TRUE;
  self->offer_read_only = TRUE;
  return self;
}

static CcOpenMessage *
describe_damaged (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("The File Is Damaged"),
      g_strdup_printf (_ ("The passphrase is right, but parts of “%s” are damaged or were cut off. "
                          "It was not changed. Have it repaired; the damaged file is kept for "
                          "examination."),
                       name));

  self->ask_again = TRUE;
  self->offer_repair = TRUE;
  return self;
}

/* Other reasons are told in the words of whoever met them. */
static CcOpenMessage *
describe_other (const GError *error)
{
  CcOpenMessage *self = create_message (_ ("The File Did Not Open"), g_strdup (error->message));

  self->ask_again = TRUE;
  return self;
}

CcOpenMessage *
cc_open_message_new (const GError *error, const char *name, CcFileKind kind)
{
  CcOpenMessage *self = cc_open_message_new_for_kind (name, kind);

  if (self != NULL)
    return self;
  if (g_error_matches (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    return describe_wrong_passphrase ();
  if (g_error_matches (error, CC_ERROR, CC_ERROR_LOCKED))
    return describe_locked (name);
  if (g_error_matches (error, CC_ERROR, CC_ERROR_READ_ONLY))
    return describe_unwritable (name);
  if (g_error_matches (error, CC_ERROR, CC_ERROR_NEWER_VERSION))
    return create_message (_ ("The File Needs a Newer Casecount"),
                           g_strdup_printf (_ ("“%s” was written by a newer version of this "
                                               "program. It was not "
                                               "changed. Install the newer version to open it."),
                                            name));
  if (g_error_matches (error, CC_ERROR, CC_ERROR_DAMAGED))
    return describe_damaged (name);
  if (g_error_matches (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT))
    return create_message (_ ("This Is Not a Case File"),
                           g_strdup_printf (_ ("“%s” is an encrypted file of another program. It "
                                               "was not changed. "
                                               "Choose a file whose name ends in .casecount."),
                                            name));
  return describe_other (error);
}

CcOpenMessage *
cc_open_message_new_not_local (void)
{
  return create_message (_ ("The File Is Not on This Computer"),
                         g_strdup (_ ("A case file cannot be opened over the network or on a "
                                      "telephone. It was not "
                                      "changed. Copy it to this computer and open the copy.")));
}

void
cc_open_message_free (CcOpenMessage *self)
{
  g_free (self->title);
  g_free (self->body);
  g_free (self);
}

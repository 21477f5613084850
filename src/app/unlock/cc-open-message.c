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

static CcOpenMessage *
describe_denied (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("You May Not Read This File"),
      g_strdup_printf (_ ("The file “%s” belongs to somebody else, and you have no right to read "
                          "it. It was not changed. Ask whoever it belongs to for that right, then "
                          "try again."),
                       name));

  self->ask_again = TRUE;
  return self;
}

static CcOpenMessage *
describe_unreadable (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("The File Cannot Be Read"),
      g_strdup_printf (_ ("The disk or the network drive of “%s” reports an error. It was not "
                          "changed. Look whether the drive is connected and try again. If it stays "
                          "so, restore the newest backup on another disk."),
                       name));

  self->ask_again = TRUE;
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
                              "or make a case file first, and bring the workbook in there, on the "
                              "page “Import”."),
                           name));
    case CC_FILE_TEXT:
      return create_message (
          _ ("This Is Not a Case File"),
          g_strdup_printf (_ ("“%s” is a text, perhaps a table. It was not changed. Open or make a "
                              "case file first, and bring the table in there, on the page "
                              "“Import”."),
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
    case CC_FILE_FOLDER:
      return create_message (_ ("This Is a Folder"),
                             g_strdup_printf (_ ("“%s” is a folder, not a case file. It was not "
                                                 "changed. Choose a file in it whose name ends in "
                                                 ".casecount."),
                                              name));
    case CC_FILE_OFFICE:
      return create_message (
          _ ("This Is Not a Case File"),
          g_strdup_printf (_ ("“%s” is an old workbook or document, or one with a password. It was "
                              "not changed. Save it anew without a password from the program that "
                              "made it, open a case file, and bring the workbook in there."),
                           name));
    case CC_FILE_DENIED:
      return describe_denied (name);
    case CC_FILE_UNREADABLE:
      return describe_unreadable (name);
    case CC_FILE_CASE_FILE:
    default:
      return NULL;
    }
}

CcOpenMessage *
cc_open_message_new_for_finding (const char *name, const CcOpenFinding *finding)
{
  /* A table has another name: this one was written over. */
  const CcFileKind kind = finding->kind == CC_FILE_TEXT && g_str_has_suffix (name, ".casecount")
                              ? CC_FILE_OTHER
                              : finding->kind;
  CcOpenMessage   *self = cc_open_message_new_for_kind (name, kind);
  const gboolean   lost = kind == CC_FILE_ABSENT || kind == CC_FILE_EMPTY || kind == CC_FILE_OTHER;

  if (self != NULL && lost && finding->may_be_repaired)
    self->ask_again = self->offer_repair = TRUE;
  return self;
}

/* Mostly it is mistyped. With a damaged salt the right passphrase fits no more either: what is kept
 * of the beginning helps then, or a backup, of which it is not known where it is. That is said to
 * whom it failed twice. */
static CcOpenMessage *
describe_wrong_passphrase (const CcOpenFinding *finding)
{
  CcOpenMessage *self;

  if (finding->caps_lock)
    {
      self = create_message (
          _ ("Caps Lock Is On"),
          g_strdup (_ ("The passphrase does not fit, and while this key is on, capital and small "
                       "letters are exchanged. Nothing was changed. Press Caps Lock, then type the "
                       "passphrase again.")));
      self->ask_again = TRUE;
      self->wrong_passphrase = TRUE;
      return self;
    }
  self = create_message (
      _ ("The Passphrase Does Not Fit"),
      finding->n_misfits == 0
          ? g_strdup (_ ("It may be mistyped. Nothing was changed. Check capital letters and the "
                         "language of the keyboard, and try again."))
          : g_strdup (
              _ ("Either it is mistyped, or the beginning of the file is damaged. Nothing was "
                 "changed. Check capital letters and the language of the keyboard, and try "
                 "again. If it is certainly right, have the file repaired.")));

  self->ask_again = TRUE;
  self->wrong_passphrase = TRUE;
  self->offer_repair = finding->n_misfits > 0;
  return self;
}

static CcOpenMessage *
describe_locked (const char *name, const CcPlace *place)
{
  CcOpenMessage *self;

  if (place->kind == CC_PLACE_LOCAL)
    self = create_message (
        _ ("The File Is in Use"),
        g_strdup_printf (_ ("Another window or program has “%s” open for writing. Nothing was "
                            "changed. Close it there and try again, or open it here for reading "
                            "only."),
                         name));
  else
    self = create_message (
        _ ("The File Is in Use"),
        g_strdup_printf (_ ("“%s” is open elsewhere, perhaps on another computer. Where it lies, "
                            "one program at a time can work in it. Nothing was changed. Close it "
                            "there and try again."),
                         name));
  self->ask_again = TRUE;
  self->offer_read_only = place->kind == CC_PLACE_LOCAL;
  return self;
}

static CcOpenMessage *
describe_busy (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("Another Program Holds the File"),
      g_strdup_printf (_ ("A program such as one that makes backups or synchronises folders is "
                          "working on “%s” at this moment. Nothing was changed. Wait until it has "
                          "finished, or end it, and try again."),
                       name));

  self->ask_again = TRUE;
  return self;
}

static CcOpenMessage *
describe_unwritable (const char *name, const CcOpenFinding *finding)
{
  CcOpenMessage *self;
  const CcPlace *place = &finding->place;

  if (finding->inside)
    self = create_message (
        place->folder_writable ? _ ("The File Is Protected Against Writing")
                               : _ ("The Folder Cannot Be Written"),
        g_strdup_printf (
            place->folder_writable
                ? _ ("“%s” may be read but not changed. Nothing was changed. Open it for reading "
                     "only, or ask whoever looks after this computer for the right to write.")
                : _ ("The folder of your case files does not allow writing. “%s” was not changed. "
                     "Open it for reading only, or ask whoever looks after this computer for the "
                     "right to write."),
            name));
  else if (place->folder_writable)
    self =
        create_message (_ ("The File Is Protected Against Writing"),
                        g_strdup_printf (_ ("“%s” may be read but not changed. Nothing was "
                                            "changed. Open it for "
                                            "reading only, or bring in a copy and work in that."),
                                         name));
  else
    self = create_message (
        _ ("The Folder Cannot Be Written"),
        g_strdup_printf (_ ("The folder or the disk of “%s” does not allow writing. Nothing was "
                            "changed. Open the file for reading only, or bring in a copy and work "
                            "in that."),
                         name));
  self->ask_again = TRUE;
  self->offer_read_only = TRUE;
  self->offer_bring_in = !finding->inside;
  return self;
}

static CcOpenMessage *
describe_unfinished (const char *name, const CcOpenFinding *finding)
{
  CcOpenMessage *self;
  const gboolean writable = finding->place.folder_writable && finding->place.file_writable;

  if (writable)
    self = create_message (
        _ ("The File Was Not Closed Properly"),
        g_strdup_printf (_ ("The last program that worked in “%s” ended before its time. For "
                            "reading only it cannot be put in order. Nothing is lost. Unlock it "
                            "for writing once."),
                         name));
  else if (finding->inside)
    self = create_message (
        _ ("The File Was Not Closed Properly"),
        g_strdup_printf (_ ("The last program that worked in “%s” ended before its time, and it "
                            "cannot be put in order, because nothing can be written in the folder "
                            "of your case files. Nothing is lost. Ask whoever looks after this "
                            "computer for the right to write, then unlock it again."),
                         name));
  else
    self = create_message (
        _ ("The File Was Not Closed Properly"),
        g_strdup_printf (_ ("The last program that worked in “%s” ended before its time, and where "
                            "it lies it cannot be put in order, because nothing can be written "
                            "there. Nothing is lost. Bring in a copy: it is put in order in the "
                            "library."),
                         name));
  self->ask_again = TRUE;
  self->offer_bring_in = !writable && !finding->inside;
  return self;
}

static CcOpenMessage *
describe_full (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("The Disk Is Full"),
      g_strdup_printf (_ ("There is no room on the disk of “%s” to work in it. The file is as it "
                          "was. Nothing was changed. Free some space and try again, or open it for "
                          "reading only."),
                       name));

  self->ask_again = TRUE;
  self->offer_read_only = TRUE;
  return self;
}

static CcOpenMessage *
describe_no_locks (const char *name, gboolean inside)
{
  CcOpenMessage *self = create_message (
      _ ("The File Cannot Be Kept for One Program"),
      g_strdup_printf (
          inside ? _ ("Where “%s” lies, two programs could write in it at the same time and spoil "
                      "it. It was not opened and not changed. Save a copy to a disk of this "
                      "computer and open that from there.")
                 : _ ("Where “%s” lies, two programs could write in it at the same time and "
                      "spoil it. It was not opened and not changed. Bring in a copy and work "
                      "in that."),
          name));

  self->ask_again = TRUE;
  self->offer_bring_in = !inside;
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

CcOpenMessage *
cc_open_message_new_met (const char *name)
{
  CcOpenMessage *self = create_message (
      _ ("The File Is Damaged"),
      g_strdup_printf (_ ("A part of “%s” could not be read while you worked in it, so it was "
                          "closed. Enter the passphrase and have it repaired; the damaged file is "
                          "kept for examination."),
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

static CcOpenMessage *
describe_newer (const char *name)
{
  return create_message (_ ("The File Needs a Newer Casecount"),
                         g_strdup_printf (_ ("“%s” was written by a newer version of this "
                                             "program. It was not "
                                             "changed. Install the newer version to open it."),
                                          name));
}

static CcOpenMessage *
describe_foreign (const char *name)
{
  return create_message (_ ("This Is Not a Case File"),
                         g_strdup_printf (_ ("“%s” is an encrypted file of another program. It "
                                             "was not changed. "
                                             "Choose a file whose name ends in .casecount."),
                                          name));
}

CcOpenMessage *
cc_open_message_new (const GError *error, const char *name, const CcOpenFinding *finding)
{
  CcOpenMessage *self = NULL;

  if (error->domain != CC_ERROR)
    return describe_other (error);
  switch ((CcError) error->code)
    {
    case CC_ERROR_WRONG_PASSPHRASE:
      return describe_wrong_passphrase (finding);
    case CC_ERROR_LOCKED:
      return describe_locked (name, &finding->place);
    case CC_ERROR_BUSY:
      return describe_busy (name);
    case CC_ERROR_READ_ONLY:
      return describe_unwritable (name, finding);
    case CC_ERROR_UNFINISHED:
      return describe_unfinished (name, finding);
    case CC_ERROR_NO_SPACE:
      return describe_full (name);
    case CC_ERROR_NO_LOCKS:
      return describe_no_locks (name, finding->inside);
    case CC_ERROR_DENIED:
      return describe_denied (name);
    case CC_ERROR_NEWER_VERSION:
      return describe_newer (name);
    case CC_ERROR_DAMAGED:
      self = cc_open_message_new_for_finding (name, finding);
      return self != NULL ? self : describe_damaged (name);
    case CC_ERROR_FOREIGN_FORMAT:
      self = cc_open_message_new_for_finding (name, finding);
      return self != NULL ? self : describe_foreign (name);
    default:
      self = cc_open_message_new_for_finding (name, finding);
      return self != NULL ? self : describe_other (error);
    }
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-open-private.h"
#include "cc-repair-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *repair_way = "“Repair…” where it is opened, or the command “repair”";

void
cc_repair_name_way (const char *way)
{
  g_return_if_fail (way != NULL);
  repair_way = way;
}

const char *
cc_repair_get_way (void)
{
  return repair_way;
}

/* Why a file was not opened: what happened, what was kept, what to do. */

/* Pages looked at to tell a wrong passphrase from a damaged beginning. */
#define PAGES_TRIED 16

/* Bytes of a new file's name. What the program puts beside it is called after it, and a little
 * longer. */
#define MAX_NAME 200

gboolean
cc_open_refuse_kind (CcCaseFile *self, CcFileKind kind, goffset size, GError **error)
{
  const char *what = NULL;

  switch (kind)
    {
    case CC_FILE_CASE_FILE:
      return TRUE;
    /* Told before, with the reason. */
    case CC_FILE_DENIED:
    case CC_FILE_UNREADABLE:
      return FALSE;
    case CC_FILE_ABSENT:
      if (g_file_test (self->path, G_FILE_TEST_IS_SYMLINK))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "“%s” is a link to a file that is not there. Nothing was changed. Look "
                       "whether that file was moved or renamed, or its disk is not connected.",
                       self->name);
          return FALSE;
        }
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "There is no file “%s”. Look whether it was moved or renamed.", self->name);
      return FALSE;
    case CC_FILE_EMPTY:
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "“%s” is empty: it has no bytes, so it is not a case file or its contents were "
                   "lost. Have it repaired (%s), or restore the newest backup.",
                   self->name, cc_repair_get_way ());
      return FALSE;
    case CC_FILE_ZIP:
      what = "a workbook or another zip archive; bring such a file in on the import page";
      break;
    case CC_FILE_OFFICE:
      what = "an old workbook or document, or one with a password; save it anew without one and "
             "bring it in on the import page";
      break;
    case CC_FILE_FOLDER:
      what = "a folder";
      break;
    case CC_FILE_PDF:
      what = "a PDF document";
      break;
    case CC_FILE_TEXT:
      /* A table has another name. */
      if (g_str_has_suffix (self->name, ".casecount"))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                       "“%s” has the name of a case file but begins like a text: it was written "
                       "over, or never was one. It was not changed. Have it repaired "
                       "(%s), or restore the newest backup.",
                       self->name, cc_repair_get_way ());
          return FALSE;
        }
      what = "a text, perhaps a CSV table; bring such a file in on the import page";
      break;
    case CC_FILE_PLAIN_SQLITE:
      what = "a database without encryption, of another program";
      break;
    case CC_FILE_OTHER:
    default:
      if (size > 0 && size % CC_PAGE_SIZE != 0)
        g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                     "“%s” is not a case file, or it was cut off while it was copied: its size is "
                     "not that of a whole one. It was not changed. Copy it again from where it "
                     "came from, have it repaired (%s), or restore the newest backup.",
                     self->name, cc_repair_get_way ());
      else
        g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                     "“%s” is not a case file of Casecount. It was not changed.", self->name);
      return FALSE;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
               "“%s” is not a case file but %s. It was not changed.", self->name, what);
  return FALSE;
}

/* Reads one page as it lies on the disk. */
static gboolean
read_page (int fd, guint8 page[CC_PAGE_SIZE], guint32 number)
{
  return pread (fd, page, CC_PAGE_SIZE, (off_t) (number - 1) * CC_PAGE_SIZE) == CC_PAGE_SIZE;
}

/* The first page does not fit the key: does any other? */
static gboolean
fits_elsewhere (CcCaseFile *self)
{
  guint8      page[CC_PAGE_SIZE];
  struct stat info;
  gboolean    fits = FALSE;
  const int   fd = cc_raw_file_open (self->path);

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &info) == 0)
    {
      const guint32 n = (guint32) (info.st_size / CC_PAGE_SIZE);

      for (guint32 i = 0; i < PAGES_TRIED && !fits; i++)
        {
          const guint32 number = 2 + (guint32) ((guint64) (n - 1) * i / PAGES_TRIED);

          fits = number <= n && read_page (fd, page, number)
                 && cc_key_fits_page (self->key, page, number);
        }
    }
  cc_raw_file_close (fd);
  return fits;
}

static gboolean
fits_beginning (CcCaseFile *self)
{
  guint8    page[CC_PAGE_SIZE];
  const int fd = cc_raw_file_open (self->path);
  gboolean  fits;

  if (fd < 0)
    return FALSE;
  fits = read_page (fd, page, 1) && cc_key_fits_page (self->key, page, 1);
  cc_raw_file_close (fd);
  return fits;
}

/* Nothing could be read: because of the key, or of the file? */
static void
report_unfit (CcCaseFile *self, const char *passphrase, GError **error)
{
  if (fits_beginning (self))
    g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                 "The passphrase is right, but a part of “%s” is damaged or missing, without which "
                 "it does not open. It was not changed. Have it repaired (%s), or restore the "
                 "newest backup; the damaged file is kept for examination.",
                 self->name, cc_repair_get_way ());
  else if (fits_elsewhere (self)
           || (passphrase != NULL
               && cc_repair_knows_passphrase (self->path, passphrase, self->key)))
    g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                 "The passphrase is right, but “%s” is damaged at its beginning. "
                 "It was not changed. Have it repaired (%s), or restore the newest backup; the "
                 "damaged file is kept for examination.",
                 self->name, cc_repair_get_way ());
  else
    g_set_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE,
                 "“%s” does not open with this passphrase. Either the passphrase is wrong, or "
                 "the beginning of the file is damaged. Nothing was changed. Check capital "
                 "letters and the keyboard's language and try again; if it is certainly "
                 "right, have the file repaired (%s), or restore the newest "
                 "backup.",
                 self->name, cc_repair_get_way ());
}

/* A log lies beside the file, and SQLite was not allowed to put it in order. */
static void
report_unfinished (CcCaseFile *self, const CcPlace *place, GError **error)
{
  if (place->folder_writable && place->file_writable)
    g_set_error (error, CC_ERROR, CC_ERROR_UNFINISHED,
                 "“%s” was not closed properly the last time, and for reading only it cannot be "
                 "put in order. Nothing was changed and nothing is lost. Open it for writing once.",
                 self->name);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_UNFINISHED,
                 "“%s” was not closed properly the last time. What is needed to put it in order "
                 "lies beside it, but there it cannot be written. Nothing was changed and nothing "
                 "is lost. Copy the file together with those beside it that bear its name and end "
                 "in -wal or -journal to a folder of your own, and open the copy.",
                 self->name);
}

/* Of a new file. */
gboolean
cc_open_check_name (CcCaseFile *self, GError **error)
{
  if (strlen (self->name) <= MAX_NAME)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
               "“%s” is too long for the name of a case file: it may have up to %d letters of the "
               "Latin alphabet, or half as many of others. Nothing was changed. Choose a shorter "
               "name.",
               self->name, MAX_NAME);
  return FALSE;
}

/* SQLite would wait for a pipe for ever, write through a link into what lies elsewhere, and call
 * the case file damaged because of a folder. The program makes none of these. */
gboolean
cc_open_check_beside (CcCaseFile *self, CcOpenMode mode, GError **error)
{
  /* The last one is looked at by who writes alone. */
  static const char *const suffixes[] = { "-wal", "-journal", "-shm", ".lock" };
  const guint              n = G_N_ELEMENTS (suffixes) - (mode == CC_OPEN_READ_WRITE ? 0 : 1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat (self->path, suffixes[i], NULL);
      struct stat      info;

      if (lstat (path, &info) != 0 || S_ISREG (info.st_mode))
        continue;
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "Beside “%s” lies “%s%s”, which should be a file and is %s. Casecount did not "
                   "make it, so “%s” was not opened. Nothing was changed. Move it away and try "
                   "again.",
                   self->name, self->name, suffixes[i],
                   S_ISDIR (info.st_mode)    ? "a folder"
                   : S_ISLNK (info.st_mode)  ? "a link to something else"
                   : S_ISFIFO (info.st_mode) ? "a pipe between programs"
                                             : "a device",
                   self->name);
      return FALSE;
    }
  return TRUE;
}

/* Locks and logs are found by the file's name: by two names two programs would work in one file
 * without knowing of each other, and lose what was acknowledged. */
static gboolean
check_names (CcCaseFile *self, GError **error)
{
  struct stat info;

  if (stat (self->path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_nlink == 1)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
               "“%s” has a second name on its disk (a hard link). By two names two programs could "
               "work in it at once and destroy each other's work, so it was not opened for "
               "writing. Nothing was changed. Remove the other name, copy the file and work in "
               "the copy, or open it for reading only.",
               self->name);
  return FALSE;
}

gboolean
cc_open_check_writable (CcCaseFile *self, GError **error)
{
  CcPlace place;

  cc_place_look (self->path, &place);
  if (!check_names (self, error))
    return FALSE;
  if (place.folder_writable && place.file_writable)
    return TRUE;
  if (place.unfinished)
    report_unfinished (self, &place, error);
  else if (place.folder_writable)
    g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
                 "“%s” is protected against writing, so it was not opened for writing. Nothing was "
                 "changed. Open it for reading only, take the protection away, or work in a copy.",
                 self->name);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
                 "The folder of “%s” cannot be written, so the file cannot be opened for writing. "
                 "Nothing was changed. Open it for reading only, or copy it to a folder of your "
                 "own.",
                 self->name);
  return FALSE;
}

gboolean
cc_open_report (CcCaseFile *self,
                const char *passphrase,
                CcOpenMode  mode,
                GError     *problem,
                GError    **error)
{
  CcPlace place;

  cc_place_look (self->path, &place);
  if (mode == CC_OPEN_READ_ONLY && place.unfinished
      && (g_error_matches (problem, CC_ERROR, CC_ERROR_READ_ONLY)
          || g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND)))
    report_unfinished (self, &place, error);
  else if (g_error_matches (problem, CC_ERROR, CC_ERROR_BUSY)
           && !cc_file_lock_is_possible (self->path))
    g_set_error (error, CC_ERROR, CC_ERROR_NO_LOCKS,
                 "Where “%s” lies, two programs cannot be kept from writing at the same time, so "
                 "it was not opened. Nothing was changed. Copy it to a disk of this computer and "
                 "open the copy.",
                 self->name);
  else if (g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED))
    report_unfit (self, passphrase, error);
  else
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  return FALSE;
}

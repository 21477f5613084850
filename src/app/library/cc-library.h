/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <cc/base/cc-progress.h>

G_BEGIN_DECLS

/* The window's own folder of case files. It stands in the user's data folder, because a case file
 * cannot be worked on through the document portal of a sandbox. What the start page wants to know
 * of a locked file (its country, whether it is for practice) stands in a small index beside the
 * files, which holds nothing else. No widgets here; every function may read or write the disk, so
 * none belongs on the main loop but cc_library_contains(). */

#define CC_LIBRARY_SUFFIX ".casecount"
#define CC_LIBRARY_INDEX  "index.ini"

typedef enum
{
  CC_LIBRARY_MARK_UNKNOWN, /* brought in and never opened */
  CC_LIBRARY_MARK_REAL,
  CC_LIBRARY_MARK_PRACTICE,
} CcLibraryMark;

typedef struct
{
  char         *path;
  char         *name;    /* for people: without folder and suffix */
  char         *country; /* ISO 3166-1 alpha-3; NULL where not known yet */
  CcLibraryMark mark;
  goffset       size;      /* bytes */
  gint64        modified;  /* seconds since 1970 */
  gint64        backup;    /* when the newest backup was made; 0 where none is known */
  gboolean      in_use;    /* open for writing, here or in another program */
  gboolean      unsettled; /* the program ended while writing: opening it puts it in order */
} CcLibraryItem;

/* Returns: (transfer full): the folder of this user. */
char *cc_library_get_folder (void);

/* Whether a file lies directly in the folder. */
gboolean cc_library_contains (const char *folder, GFile *file);

/* Lists the case files, newest first, ties by name; remains of copies that were cut off are cleared
 * away. The folder is made where it is missing, for this user alone. Returns: (transfer full):
 * CcLibraryItem*. Errors: CC_ERROR_READ_ONLY where the folder cannot be made, CC_ERROR_DENIED where
 * it may not be read, CC_ERROR_FAILED where it cannot be. */
GPtrArray *cc_library_list (const char *folder, GError **error);
void       cc_library_item_free (CcLibraryItem *self);

/* Returns: (transfer full): the name as people see it, of any path. */
char *cc_library_display_name (const char *path);

/* Returns: (transfer full): where a case file of this name lies or would lie. */
char *cc_library_build_path (const char *folder, const char *name);

/* Whether a case file may be called this: CC_ERROR_USAGE with the reason where the name is no
 * name, CC_ERROR_EXISTS where another file has it (capital letters do not tell names apart). */
gboolean cc_library_check_name (const char *folder, const char *name, GError **error);

/* Returns: (transfer full): the wanted name made fit for a file, with a number where it is taken.
 */
char *cc_library_suggest_name (const char *folder, const char *wanted);

/* Remembers what is known of an opened file. */
gboolean cc_library_note (const char *folder,
                          const char *path,
                          const char *country,
                          gboolean    practice,
                          GError    **error);

/* Copies a case file in under a name that is free: completely or not at all, with the log of a
 * program that ended while writing. The source stays as it is. Errors: those of
 * cc_library_check_name(), CC_ERROR_FOREIGN_FORMAT for what is no case file, CC_ERROR_LOCKED while
 * it is open for writing or changes under the copying, CC_ERROR_NO_SPACE, CC_ERROR_FAILED,
 * G_IO_ERROR_CANCELLED. path: (out) (transfer full): the copy. */
gboolean cc_library_add (const char *folder,
                         GFile      *source,
                         const char *name,
                         CcProgress *progress,
                         char      **path,
                         GError    **error);

/* Copies a closed case file out, replacing what is there, completely or not at all. Errors as
 * above, CC_ERROR_LOCKED also where the target is a case file that is open or was not closed
 * properly, and CC_ERROR_REFUSED for a place that is not on a disk of this computer. */
gboolean
cc_library_save_copy (const char *path, GFile *target, CcProgress *progress, GError **error);

/* Gives a closed case file another name. path_out: (out) (transfer full). Errors: CC_ERROR_LOCKED,
 * CC_ERROR_EXISTS, CC_ERROR_READ_ONLY for a folder that cannot be written. */
gboolean cc_library_rename (const char *folder,
                            const char *path,
                            const char *name,
                            char      **path_out,
                            GError    **error);

/* Moves a closed case file to the trash; CC_ERROR_REFUSED where there is none, and then nothing
 * was removed. With `forever` it is deleted. CC_ERROR_READ_ONLY where the folder cannot be
 * written. */
gboolean cc_library_remove (const char *folder, const char *path, gboolean forever, GError **error);

/* CC_ERROR_LOCKED where a program has the file open for writing. */
gboolean cc_library_check_closed (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLibraryItem, cc_library_item_free)

G_END_DECLS

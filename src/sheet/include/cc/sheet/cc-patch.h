/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/sheet/cc-book.h>

G_BEGIN_DECLS

/* Changes an .xlsx or .xlsm workbook that somebody else made: colours of cells, comments, new
 * sheets. Every part of the package that need not change is copied byte for byte, packed as it is.
 * In a sheet that changes, nothing changes but the number of the style of a marked cell, a cell
 * that a mark needs, and the element that binds comments to the sheet. The sender's file itself is
 * never written to.
 *
 * Nothing is done before cc_patch_save (). Sheets, rows and columns count from 0; a sheet's number
 * is that of cc_book_get_sheet (). */
typedef struct _CcPatch      CcPatch;
typedef struct _CcPatchSheet CcPatchSheet; /* owned by its patch */

/* The ground of a cell, strongest first: of several marks on one cell the strongest counts. */
typedef enum
{
  CC_PATCH_ALARM, /* pale red */
  CC_PATCH_DOUBT, /* pale yellow */
  CC_PATCH_EMPTY, /* pale blue: something is to be filled in */
} CcPatchColor;

#define CC_PATCH_N_COLORS (CC_PATCH_EMPTY + 1)

/* How a cell of a new sheet looks. */
typedef enum
{
  CC_PATCH_PLAIN,
  CC_PATCH_TITLE,
  CC_PATCH_HEADER,
  CC_PATCH_WRAPPED,
  CC_PATCH_LINK,
  CC_PATCH_SAMPLE, /* of CC_PATCH_ALARM; that of the other colours follows */
} CcPatchLook;

/* More comments than these are not written: programs take seconds to open such a sheet. The cells
 * are coloured all the same. */
#define CC_PATCH_MAX_COMMENTS 1000u

/* Errors: those of cc_book_open (), and CC_ERROR_FOREIGN_FORMAT for a workbook of another format or
 * one whose parts are not in UTF-8. */
CcPatch *cc_patch_open (const char *path, GCancellable *cancellable, GError **error);
/* The same for a file of any format that can be read: from what is no .xlsx, or one that cannot be
 * changed in place, a new workbook is made with the same sheets, rows and columns. is_fresh (out):
 * whether that was done. */
CcPatch *
cc_patch_open_any (const char *path, gboolean *is_fresh, GCancellable *cancellable, GError **error);
void cc_patch_free (CcPatch *self);
/* The workbook that is changed. */
CcBook *cc_patch_get_book (CcPatch *self);

/* Marks a cell. `comment` (nullable) is added to it; a comment that the cell has already is kept
 * and goes first. Comments of one cell are joined by a line break. */
void cc_patch_mark (CcPatch     *self,
                    guint        sheet,
                    guint        row,
                    guint        column,
                    CcPatchColor color,
                    const char  *comment);

/* A sheet before all others, which is the one that is shown when the workbook is opened. At most
 * one. */
CcPatchSheet *cc_patch_add_first_sheet (CcPatch *self, const char *wish, gboolean right_to_left);
/* A sheet behind all others that no menu shows. */
CcPatchSheet *cc_patch_add_hidden_sheet (CcPatch *self, const char *wish);
/* The name that it got: the one wished for unless another sheet has it. */
const char *cc_patch_sheet_get_name (CcPatchSheet *self);
/* Rows, and the cells of a row, come in rising order. */
void cc_patch_sheet_text (CcPatchSheet *self,
                          guint         row,
                          guint         column,
                          const char   *text,
                          CcPatchLook   look);
/* A text that leads to a cell of another sheet of the workbook. */
void cc_patch_sheet_link (CcPatchSheet *self,
                          guint         row,
                          guint         column,
                          const char   *text,
                          guint         target_sheet,
                          guint         target_row,
                          guint         target_column);
void cc_patch_sheet_set_width (CcPatchSheet *self, guint column, double characters);
/* Rows above this one stay in sight. */
void cc_patch_sheet_freeze (CcPatchSheet *self, guint row);

/* Writes the changed workbook beside `path`, reads it back, and only then gives it that name.
 * CC_ERROR_USAGE where `path` is the file that was opened. May be called once. */
gboolean cc_patch_save (CcPatch *self, const char *path, GCancellable *cancellable, GError **error);

/* "B12" of row 11, column 1. */
char *cc_patch_name_cell (guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPatch, cc_patch_free)

G_END_DECLS

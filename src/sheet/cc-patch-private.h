/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/sheet/cc-patch.h>

#include "cc-xlsx-private.h"

/* --- markup, byte for byte --- */

/* A piece of markup as it stands in a text. */
typedef struct
{
  const char *start, *end; /* from the bracket to behind the other */
  const char *name;        /* with its prefix */
  gsize       name_length;
  gsize       prefix_length; /* with the colon */
  gboolean    closing;
  gboolean    empty; /* <a/> */
  gboolean    other; /* comment, instruction, CDATA, document type */
} CcPatchTag;

/* The next markup in [text, end). FALSE when none is whole; then tag->start is where the one begins
 * that is not, or `end`. */
gboolean cc_patch_scan (const char *text, const char *end, CcPatchTag *tag);
gboolean cc_patch_tag_is (const CcPatchTag *self, const char *local_name);
/* The value of an attribute as written, references and all; NULL where there is none. `local`: its
 * name without a prefix. */
char    *cc_patch_tag_get (const CcPatchTag *self, const char *local);
gboolean cc_patch_tag_get_number (const CcPatchTag *self, const char *local, guint *value);
/* Writes the tag with other values: name, value, name, value, NULL. A value of NULL removes it. */
void cc_patch_tag_write (GString           *out,
                         const CcPatchTag  *self,
                         const char *const *changes,
                         gboolean           open);

/* The children of a root element: name and bytes. */
typedef struct
{
  char *name; /* local */
  char *text; /* the whole element, and what stands behind it up to the next */
} CcPatchChild;

typedef struct
{
  char      *head;     /* up to and with the root's start tag */
  char      *prefix;   /* of the root, with the colon; or "" */
  char      *tail;     /* the root's end tag and what follows */
  char      *lead;     /* what stands before the first child */
  GPtrArray *children; /* CcPatchChild* */
} CcPatchTree;

/* FALSE where the text is no such document. */
CcPatchTree  *cc_patch_tree_parse (const char *text, gsize length);
void          cc_patch_tree_free (CcPatchTree *self);
char         *cc_patch_tree_to_text (CcPatchTree *self);
CcPatchChild *cc_patch_tree_find (CcPatchTree *self, const char *name);
/* The child, made empty before the first of `before` (NULL-terminated) where there is none. */
CcPatchChild *cc_patch_tree_ensure (CcPatchTree *self, const char *name, const char *const *before);
/* Puts `addition` at the end of a child, and adds to its count where it has one. */
void cc_patch_child_append (CcPatchChild *self, const char *addition, guint n);
void cc_patch_tree_add (CcPatchTree *self, const char *name, const char *text);

/* A part as text; CC_ERROR_FOREIGN_FORMAT where it is not in UTF-8. */
char *cc_patch_read_part (CcArchive *archive, const char *name, GError **error);
void  cc_patch_append_escaped (GString *out, const char *text, gboolean is_value);
/* A text of a cell: escaped, also what the format would take for an escape of its own. */
void cc_patch_append_text (GString *out, const char *text);
void cc_patch_set_refused (GError **error, const char *part);

#define CC_PATCH_RELATION_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* --- styles --- */

typedef struct
{
  CcPatchTree *tree;
  GPtrArray   *formats; /* char*: of cellXfs, those added behind */
  guint        n_old;
  GHashTable  *added; /* old format and colour, or a look, to the new one */
  guint        n_fonts, n_fills;
  GString     *fonts, *fills; /* added */
  guint        n_new_fonts, n_new_fills;
  gint         fill_of[CC_PATCH_N_COLORS];
  gboolean     right_to_left; /* of looks made from here on */
} CcPatchStyles;

/* `text` NULL: the workbook has no styles. */
CcPatchStyles *cc_patch_styles_new (const char *text, gsize length, GError **error);
void           cc_patch_styles_free (CcPatchStyles *self);
guint          cc_patch_styles_mark (CcPatchStyles *self, guint format, CcPatchColor color);
guint          cc_patch_styles_look (CcPatchStyles *self, CcPatchLook look);
char          *cc_patch_styles_to_text (CcPatchStyles *self);

/* --- a sheet --- */

typedef struct
{
  guint        row, column;
  CcPatchColor color;
  GString     *comment; /* or NULL */
} CcPatchMark;

typedef struct
{
  GPtrArray     *marks; /* CcPatchMark*, by row and column */
  CcPatchStyles *styles;
  gboolean       unselect; /* another sheet is shown first */
  const char    *drawing;  /* relation of the comments' drawing where the sheet has none; or NULL */
  char          *found_drawing; /* out: the relation of the one that it has */
} CcPatchSheetJob;

/* Streams a sheet through. */
gboolean cc_patch_rewrite_sheet (CcPatchSheetJob *job,
                                 CcXmlReadFunc    read,
                                 gpointer         data,
                                 GOutputStream   *out,
                                 GCancellable    *cancellable,
                                 GError         **error);
/* Whether it would be among those selected when the workbook is opened. */
gboolean
cc_patch_is_selected (CcXmlReadFunc read, gpointer data, gboolean *selected, GError **error);

/* --- comments --- */

/* `text` NULL: the sheet has none yet. n_added: marks with a comment whose cell had none: these
 * need a shape. Their marks are put into `fresh`. */
char *cc_patch_comments_add (const char *text,
                             gsize       length,
                             GPtrArray  *marks,
                             gboolean    keep_old,
                             GPtrArray  *fresh,
                             GError    **error);
/* The shapes of comments. `block`: the first block of 1,024 numbers that no drawing of the workbook
 * has. */
char *
cc_patch_shapes_add (const char *text, gsize length, GPtrArray *fresh, guint block, GError **error);
/* The highest block of numbers in a drawing. */
guint cc_patch_shapes_find_block (const char *text);

/* --- the package's lists --- */

char *cc_patch_relations_add (const char *text,
                              gsize       length,
                              const char *id,
                              const char *type,
                              const char *target,
                              GError    **error);
char *cc_patch_types_add (const char *text,
                          gsize       length,
                          const char *xml,
                          const char *key,
                          GError    **error);
/* A sheet before all others, or behind them. */
char *cc_patch_workbook_add (const char *text,
                             gsize       length,
                             const char *name,
                             const char *relation,
                             gboolean    first,
                             GError    **error);

/* --- new sheets --- */

struct _CcPatchSheet
{
  CcPatch   *patch;
  char      *name;
  gboolean   first;
  gboolean   right_to_left;
  guint      frozen;
  GArray    *widths; /* double by column, 0 for the usual */
  GPtrArray *cells;  /* in order */
};

CcPatchSheet *cc_patch_sheet_new (CcPatch *patch, const char *name, gboolean first, gboolean rtl);
void          cc_patch_sheet_free (CcPatchSheet *self);
char         *cc_patch_sheet_to_text (CcPatchSheet *self, CcPatchStyles *styles);

/* --- the patch --- */

struct _CcPatch
{
  char       *path;
  char       *folder; /* private, of a workbook that was made anew; or NULL */
  CcXlsxBook *book;
  char       *workbook;   /* the part */
  GPtrArray  *parts;      /* char*: of all sheets, those without cells behind the others */
  GPtrArray  *sheets;     /* GPtrArray* of CcPatchMark*, by sheet; NULL where nothing is marked */
  GPtrArray  *new_sheets; /* CcPatchSheet* */
  GPtrArray  *names;      /* char*: of all sheets */
  GHashTable *marks;      /* "sheet row column" to CcPatchMark */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPatchTree, cc_patch_tree_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPatchStyles, cc_patch_styles_free)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_LINE (cc_import_line_get_type ())
G_DECLARE_FINAL_TYPE (CcImportLine, cc_import_line, CC, IMPORT_LINE, GObject)

typedef enum
{
  CC_LINE_TEXT,    /* a paragraph that explains what follows */
  CC_LINE_HEADING, /* of a section */
  CC_LINE_GROUP,   /* what can be unfolded: theirs and ours of a column */
  CC_LINE_PAIR,    /* theirs at the start, ours at the end; can be changed */
  CC_LINE_MORE,    /* shows more lines */
} CcLineKind;

typedef enum
{
  CC_MARK_NONE,
  CC_MARK_GOOD,  /* recognised or decided */
  CC_MARK_ASK,   /* somebody must or should look */
  CC_MARK_QUIET, /* left out on purpose */
} CcLineMark;

/* One line of the steps Columns and Values. Texts are "" where there is none; the signal "changed"
 * tells the row that shows it. */
struct _CcImportLine
{
  GObject parent_instance;

  CcLineKind kind;
  CcLineMark mark;
  gboolean   open;  /* GROUP: unfolded */
  gboolean   inner; /* belongs to the group above */
  char      *theirs;
  char      *theirs_note;
  char      *theirs_quiet;
  char      *ours;
  char      *ours_note;

  /* For the step that made it; borrowed. */
  gpointer owner;
  gpointer subject;
  guint    index;
};

CcImportLine *cc_import_line_new (CcLineKind kind, const char *theirs);
void          cc_import_line_set_theirs (CcImportLine *self, char *note, char *quiet);
void          cc_import_line_set_ours (CcImportLine *self, CcLineMark mark, char *ours, char *note);
void          cc_import_line_set_open (CcImportLine *self, gboolean open);

/* What a screen reader says for the whole line. */
char *cc_import_line_describe (CcImportLine *self);

G_END_DECLS

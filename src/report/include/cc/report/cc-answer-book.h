/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/report/cc-workbook.h>

G_BEGIN_DECLS

/* The answer to a questionnaire as its workbook shows it, laid out for reading on a screen: the
 * same sheets, tables, headings, figures, boxes and checks in the same words. Immutable once
 * loaded; may be read from any thread. */
typedef struct _CcAnswerBook CcAnswerBook;

typedef enum
{
  CC_ANSWER_SHEET_TITLE,
  CC_ANSWER_STATEMENT, /* on every sheet of a stand-in, or the text of a sheet of texts */
  CC_ANSWER_TITLE,     /* of a table */
  CC_ANSWER_SUBTITLE,
  CC_ANSWER_HEADER,
  CC_ANSWER_BAND, /* a year where years stand below each other */
  CC_ANSWER_LABEL,
  CC_ANSWER_FIGURE,
  CC_ANSWER_NOTE_LABEL, /* the lowest and the highest possible total */
  CC_ANSWER_NOTE_FIGURE,
  CC_ANSWER_BOX_LABEL,
  CC_ANSWER_BOX_STATED, /* what the program knows by itself */
  CC_ANSWER_BOX_TYPED,
} CcAnswerKind;

/* One rectangle of a sheet. */
typedef struct
{
  CcAnswerKind kind;
  guint        line, n_lines;
  guint        column, n_columns;
  gboolean     total;
  char        *text; /* as printed; "" where the cell is empty */

  const CcTableResult *result; /* of all that belongs to a table */
  const CcCell        *cell;   /* of figures */
  guint                row, col;
  const char          *name; /* of typed boxes */
} CcAnswerPart;

typedef struct
{
  const CcSheetDefinition *definition;
  const char              *title;
  guint                    n_lines;
  guint                    n_columns;
  guint                    n_labels; /* the first columns, which hold the labels of rows */
  double                  *widths;   /* of columns, in characters */
  GPtrArray               *parts;    /* CcAnswerPart *, by line, then column */
  guint                   *first;    /* n_lines + 1: the first part that begins on a line */
  GPtrArray               *titles;   /* CcAnswerPart *, borrowed: the titles of its tables */
} CcAnswerSheet;

/* How a check came out. */
typedef enum
{
  CC_ANSWER_FAILS,
  CC_ANSWER_HOLDS,
  CC_ANSWER_NOT_COMPUTED, /* a figure that it needs is not known */
} CcAnswerOutcome;

/* A check for reading: one line for all the years that it says the same of. */
typedef struct
{
  const char     *id;
  CcAnswerOutcome outcome;
  CcSeverity      severity;
  char           *table;   /* where to look; NULL where it speaks of no one table */
  char           *period;  /* code; NULL where it speaks of all years */
  char           *when;    /* the years in words */
  char           *text;    /* sentence */
  gboolean        advises; /* the sentence is the definition's own: it says what to do, too */
  const char     *rule;    /* as written in the definition; may be "" */
} CcAnswerCheck;

/* Something typed, in the round for which it was typed last. */
typedef struct
{
  char      *value;
  char      *reason; /* may be NULL */
  CcInterval periods;
} CcAnswerTyped;

CcAnswerBook *cc_answer_book_load (CcCaseFile              *file,
                                   const CcWorkbookRequest *request,
                                   CcTexts                 *texts,
                                   CcProgress              *progress,
                                   GError                 **error);
CcAnswerBook *cc_answer_book_ref (CcAnswerBook *self);
void          cc_answer_book_unref (CcAnswerBook *self);

CcQuestionnaire *cc_answer_book_get_questionnaire (CcAnswerBook *self);
const char      *cc_answer_book_get_language (CcAnswerBook *self);
GPtrArray       *cc_answer_book_get_sheets (CcAnswerBook *self);  /* CcAnswerSheet * */
GPtrArray       *cc_answer_book_get_results (CcAnswerBook *self); /* CcTableResult * */
GArray          *cc_answer_book_get_periods (CcAnswerBook *self); /* CcPeriod */
CcInterval       cc_answer_book_get_interval (CcAnswerBook *self);
const char      *cc_answer_book_get_heading (CcAnswerBook *self);
const char      *cc_answer_book_get_head (CcAnswerBook *self); /* see cc_release_find_head () */
const char      *cc_answer_book_get_statement (CcAnswerBook *self); /* of a stand-in, or NULL */

/* Findings first, errors before warnings before notes; then what could not be computed, then what
 * holds. In any of the six languages. Element-type CcAnswerCheck. */
GPtrArray *cc_answer_book_list_checks (CcAnswerBook *self, const char *language);
guint      cc_answer_book_count_checks (CcAnswerBook *self, CcSeverity severity);

/* Whether a copy for the public may leave: CC_ERROR_REFUSED with the sentence that says why not. */
gboolean cc_answer_book_check_public (CcAnswerBook *self, GError **error);

/* What was typed into a form (CC_ANSWER_FORM), a metadata box (CC_ANSWER_META) or a table; NULL
 * where nothing was. */
const CcAnswerTyped *
cc_answer_book_find_typed (CcAnswerBook *self, const char *table, const char *cell);

/* The total of a table in a period; its title where period is NULL or there is no such total. NULL
 * where there is no such table. */
const CcAnswerPart *
cc_answer_book_find_part (CcAnswerBook *self, const char *table, const char *period, guint *sheet);

/* The headings of a figure, as they are read aloud before it: "Women, 2023". */
char *cc_answer_book_describe_place (CcAnswerBook *self, const CcAnswerPart *part);
char *cc_answer_book_describe_figure (CcAnswerBook *self, const CcAnswerPart *part); /* or NULL */

/* The period of a figure: its code, NULL for all years. */
const char *cc_answer_part_get_period (const CcAnswerPart *part, CcInterval *interval);

/* Where cc_answer_set () keeps a figure typed there; NULL where none can be typed. */
char *cc_answer_part_get_place (const CcAnswerPart *part);

/* The part at a place of the sheet; NULL where there is none. */
const CcAnswerPart *cc_answer_sheet_find (const CcAnswerSheet *self, guint line, guint column);

void cc_answer_check_free (CcAnswerCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcAnswerBook, cc_answer_book_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcAnswerCheck, cc_answer_check_free)

G_END_DECLS

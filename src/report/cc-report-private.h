/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/report/cc-workbook.h>
#include <cc/sheet/cc-book-writer.h>
#include <cc/store/cc-sent-counts.h>

G_BEGIN_DECLS

/* What one reporting entity sent for the periods asked. */
typedef struct
{
  char      *name;
  char      *type; /* label in the workbook's language */
  guint      deliveries;
  gboolean   nil; /* said that it had no case, and sent nothing else */
  CcInterval period;
  gint64     rows, accepted, parked, rejected;
} CcReportAgency;

/* Records and persons of one unit. */
typedef struct
{
  const char *unit; /* victim, perpetrator, event */
  gint64      records, persons, low, high;
  guint       open_pairs;
  guint       undecidable;
} CcReportUnit;

/* Everything a workbook says, gathered before the first cell is written: nothing of it needs the
 * case file any more. */
typedef struct
{
  CcQuestionnaire *questionnaire;
  CcTexts         *texts;
  char            *language;
  char            *country_code; /* alpha-3, "" where there is none */
  char            *country;      /* its name in the language */
  gboolean         practice;
  gboolean         blank; /* a blank questionnaire: cells for typing, live sums */
  GArray          *periods;
  GHashTable      *params; /* overrides, or NULL */
  gint64           created;
  CcDay            cut_off;  /* day of the last act in the case file; CC_DAY_NONE in a blank one */
  GPtrArray       *tables;   /* CcTableResult * */
  GPtrArray       *checks;   /* CcCheckResult * */
  GHashTable      *answers;  /* "table\ncell" -> text */
  GPtrArray       *agencies; /* CcReportAgency * */
  GPtrArray       *sent;     /* CcSentCounts *: what was sent as counts, and stands in no table */
  GArray          *units;    /* CcReportUnit */
  char            *head_hash;
  char            *title;     /* of a figure: stands for number and title of its only table */
  char            *known_to;  /* of a table of some agencies: says whose persons; else NULL */
  int              threshold; /* cells below it are small, in public copies */
} CcReportContent;

CcReportContent *cc_report_content_new (CcQuestionnaire *questionnaire,
                                        CcTexts         *texts,
                                        const char      *language,
                                        const char      *country,
                                        GArray          *periods);
void             cc_report_content_free (CcReportContent *self);
void             cc_report_agency_free (CcReportAgency *self);
const char *
cc_report_content_answer (const CcReportContent *self, const char *table, const char *cell);
gboolean cc_report_content_gather (CcReportContent      *self,
                                   CcCaseFile           *file,
                                   const CcCountOptions *options,
                                   CcProgress           *progress,
                                   GError              **error);
/* Cells that count somebody, but fewer than the threshold. */
guint    cc_report_count_small (const CcReportContent *self, const CcTableResult *result);
gboolean cc_report_gather_sources (CcReportContent *self, CcCaseFile *file, GError **error);
gboolean cc_report_gather_answers (CcReportContent *self, CcCaseFile *file, GError **error);

/* Words. All transfer full unless const. */
const char *cc_report_text (const CcReportContent *self, const char *key);
char       *cc_report_number (const CcReportContent *self, gint64 number);
char       *cc_report_date (const CcReportContent *self, CcDay day);
char       *cc_report_moment (const CcReportContent *self, gint64 seconds);
char       *cc_report_interval (const CcReportContent *self, CcInterval interval);
char       *cc_report_periods (const CcReportContent *self);
/* Whether a person can stand in several categories of a table. */
gboolean    cc_report_counts_several (const CcTableResult *result);
char       *cc_report_between (const CcReportContent *self, gint64 low, gint64 high);
char       *cc_report_subtitle (const CcReportContent *self, const CcTableResult *result);
const char *cc_report_severity (const CcReportContent *self, CcSeverity severity);
char       *cc_report_statuses (const CcReportContent *self);
char       *cc_report_join (const CcReportContent *self, GPtrArray *texts);

/* How a table with too many columns for a page is laid out. */
typedef enum
{
  CC_FOLD_NONE,   /* all columns side by side */
  CC_FOLD_GROUPS, /* a few years side by side, further years below with a header of their own */
  CC_FOLD_BANDS,  /* each year below the last one, under one header */
} CcReportFold;

/* Columns that stand side by side under one header. */
typedef struct
{
  guint  n_places;
  guint *col_of_place; /* a column of the result that stands there */
  guint  machine_row;
  guint  data_row; /* sheet row of the first line of the first band */
} CcReportGroup;

/* Where the cells of a table stand in its sheet. */
typedef struct
{
  const CcTableResult *result;
  guint                n_labels;   /* label columns of the table itself */
  guint                first_data; /* sheet column of its first data cell */
  CcReportFold         fold;
  GArray              *groups; /* CcReportGroup */
  guint                n_bands;
  int                 *band_period;  /* per band: index of the period, -1 all periods */
  guint               *group_of_col; /* per column of the result */
  guint               *band_of_col;
  guint               *place_of_col; /* column within the group */
  guint                max_places;
  guint                n_levels;    /* header rows */
  gboolean             bounds;      /* a lowest and a highest row follow the total */
  gboolean             differences; /* blank: a row of totals less sums follows */
  guint                end_row;     /* first row below the data */
} CcReportGrid;

CcReportGroup *cc_report_grid_group (const CcReportGrid *self, guint group);
CcReportGrid         *
cc_report_grid_new (const CcTableResult *result, guint n_labels_of_sheet, gboolean blank);
void    cc_report_grid_free (CcReportGrid *self);
void    cc_report_grid_place (CcReportGrid *self, guint machine_row);
guint   cc_report_grid_band_height (const CcReportGrid *self);
guint   cc_report_grid_band_row (const CcReportGrid *self, guint group, guint band);
void    cc_report_grid_cell (const CcReportGrid *self, guint row, guint col, guint *r, guint *c);
char   *cc_report_grid_row_code (const CcReportGrid *self, guint row, guint band);
char   *cc_report_grid_place_code (const CcReportGrid *self, guint group, guint place);
GArray *cc_report_grid_parts (const CcReportGrid *self, guint row, guint col, gboolean by_rows);
char   *cc_report_grid_sum (const CcReportGrid *self, GArray *parts);
guint   cc_report_result_labels (const CcTableResult *result);
int     cc_report_result_total_row (const CcTableResult *result, guint block);
char   *cc_report_cell_name (guint row, guint column);
char   *cc_report_heading_code (const CcTableResult *result,
                                const CcHeading     *heading,
                                gboolean             of_columns,
                                gboolean             with_period);

typedef struct
{
  guint row, col; /* of the result */
} CcReportPart;

/* A cell of a group's header: levels are counted from the top, places within the group. */
typedef struct
{
  guint       group;
  guint       level, last_level;
  guint       first, last;
  const char *text;
} CcReportSpan;

typedef void (*CcReportSpanFunc) (const CcReportSpan *span, gpointer user_data);

char *cc_report_period_text (const CcReportContent *content, int period);
char *cc_report_level_text (const CcReportContent *content,
                            const CcReportGrid    *grid,
                            const CcHeading       *heading,
                            gboolean               of_columns,
                            guint                  level);
void  cc_report_walk_header (const CcReportContent *content,
                             const CcReportGrid    *grid,
                             guint                  number,
                             CcReportSpanFunc       func,
                             gpointer               user_data);
const char     *
cc_report_corner_text (const CcReportContent *content, const CcReportGrid *grid, guint level);
int cc_report_find_run (const CcReportContent *content,
                        const CcReportGrid    *grid,
                        guint                  row,
                        guint                  level);
gboolean cc_report_has_figure (const CcCell *cell);
char    *cc_report_cell_comment (const CcReportContent *content,
                                 const CcTableResult   *result,
                                 const CcCell          *cell);

/* A line of the box of metadata under a table. */
typedef struct
{
  char       *code; /* "@box", or "@meta NAME" where a person types it */
  const char *name; /* of a typed box, or NULL */
  const char *label;
  char       *text; /* may be NULL where nothing was typed yet */
} CcReportBoxLine;

GPtrArray *cc_report_box_lines (const CcReportContent *content, const CcTableResult *result);

/* A sheet while it is written. */
typedef struct
{
  const CcReportContent *content;
  CcBookWriter          *book;
  CcSheetWriter         *sheet;
  const char            *sheet_name;
  gboolean               cover; /* the first sheet: the questionnaire's title leads */
  GHashTable            *lists; /* name of a list -> defined name */
  guint                  row;   /* next free row */
  guint                  n_labels;
  guint                  last_column;
  GArray                *widths;  /* double per column, in characters */
  GArray                *heights; /* double per row, in points, 0 = default */
  GArray *blocks;      /* guint: rows at which a table begins, which should stay together */
  GArray *parts;       /* guint: rows at which a long table may be cut */
  GArray *differences; /* of a blank questionnaire: CcReportDifference */
} CcReportSheet;

/* The live check of one table in a blank questionnaire. */
typedef struct
{
  char *table;
  char *range; /* 'Victims'!$C$9:$H$9: differences that must be 0 */
} CcReportDifference;

void     cc_report_sheet_width (CcReportSheet *self, guint column, double characters);
void     cc_report_sheet_height (CcReportSheet *self, guint row, double points);
void     cc_report_sheet_finish (CcReportSheet *self, const char *footer);
void     cc_report_sheet_begin (CcReportSheet *self, const char *title);
guint    cc_report_lines (const char *text, double width);
double   cc_report_span_width (CcReportSheet *self, guint first, guint last);
gboolean cc_report_write_table (CcReportSheet *sheet, const CcTableResult *result, GError **error);
gboolean cc_report_write_box (CcReportSheet *sheet, const CcTableResult *result, GError **error);
gboolean cc_report_write_form (CcReportSheet *sheet, const CcSheetDefinition *form, GError **error);
void     cc_report_write_checks (CcReportSheet *sheet);
void     cc_report_write_sources (CcReportSheet *sheet);
void     cc_report_write_meta (CcReportSheet *sheet);
/* Writes one sheet of a workbook. */
typedef gboolean (*CcReportSheetFunc) (CcReportSheet *sheet, gconstpointer data, GError **error);
gboolean cc_report_write_figure_sheets (const CcReportContent *content,
                                        const char            *title,
                                        const char            *path,
                                        CcReportSheetFunc      write_chart,
                                        gconstpointer          data,
                                        GError               **error);
gboolean cc_report_write_book (const CcReportContent *content,
                               const char            *path,
                               CcProgress            *progress,
                               GError               **error);

double cc_report_label_width (const CcReportContent *content, GPtrArray *results, guint part);
double cc_report_data_width (const CcReportContent *content, GPtrArray *results);
CcReportContent *cc_workbook_gather (CcCaseFile              *file,
                                     const CcWorkbookRequest *request,
                                     CcTexts                 *texts,
                                     CcProgress              *progress,
                                     GError                 **error);

gboolean cc_report_check_public (const CcReportContent *content, GError **error);
gboolean cc_report_check_is_grouped (const CcCheckResult *check);
char    *cc_report_check_period (const CcReportContent *content,
                                 const CcCheckResult   *check,
                                 const char            *language);
char    *cc_report_check_periods (const CcReportContent *content,
                                  guint                  index,
                                  const char            *language,
                                  guint                 *n);

#define CC_REPORT_LABEL_COLUMN 1 /* column 0 is the hidden machine column */
#define CC_REPORT_FORMAT       1 /* of the machine rows: read-back refuses newer ones */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReportContent, cc_report_content_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReportGrid, cc_report_grid_free)

G_END_DECLS

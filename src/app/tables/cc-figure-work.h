/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-record-list.h>

#include "cc-figure-params.h"
#include "cc-session.h"

G_BEGIN_DECLS

/* What the page of tables reads and counts away from the main loop. */

/* What there is to choose from. */
typedef struct
{
  GPtrArray       *figures;  /* CcReportFigureInfo *: titles in the window's language */
  GPtrArray       *entities; /* CcEntity * */
  CcQuestionnaire *axes;     /* knows the axes that a table may have */
  int              first_year, last_year; /* with victims; 0 where there are none yet */
} CcFigureChoices;

void             cc_figure_choices_load_async (CcSession          *session,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);
CcFigureChoices *cc_figure_choices_load_finish (GAsyncResult *result, GError **error);
void             cc_figure_choices_free (CcFigureChoices *self);

/* Years that a figure shows at first: the last five. */
GArray *cc_figure_choices_make_periods (const CcFigureChoices *self);

/* The same for whoever does not choose; NULL where no victim has a date yet. Not on the main loop.
 */
GArray *cc_figure_read_usual_periods (CcCaseFile *file);

/* params: copied. */
void            cc_figure_count_async (CcSession            *session,
                                       const CcFigureParams *params,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
CcReportFigure *cc_figure_count_finish (GAsyncResult *result, GError **error);

/* Who stands behind a cell. Of each list at most CC_FIGURE_MOST_PERSONS are read. */
#define CC_FIGURE_MOST_PERSONS 1000

typedef struct
{
  CcCellPersons *persons;
  GPtrArray     *inside;  /* CcRecordRow *: the first record of each; empty for returns */
  GPtrArray     *outside; /* the same of those that are not in the cell */
  CcCountUnit    unit;
  gboolean       by_status; /* the table's condition asks for identified or presumed victims */
} CcCellRecords;

void           cc_figure_read_cell_async (CcSession            *session,
                                          const CcFigureParams *params,
                                          const CcTableResult  *result,
                                          guint                 row,
                                          guint                 col,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
CcCellRecords *cc_figure_read_cell_finish (GAsyncResult *result, GError **error);
void           cc_cell_records_free (CcCellRecords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFigureChoices, cc_figure_choices_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCellRecords, cc_cell_records_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/model/cc-pack.h>
#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* What agencies sent as counts. These are figures and no persons: they are shown beside what is
 * counted from records and are never added to it. Only deliveries that stand are looked at, without
 * rows that the sender answered since. */

typedef enum
{
  CC_SENT_TABLE, /* tables of counts */
  CC_SENT_ROWS,  /* rows of lists that state several persons by their number alone */
} CcSentKind;

/* The counts of one delivery, unit and period. */
typedef struct
{
  gint64     submission;
  gint64     entity;
  char      *key;       /* of the agency */
  char      *agency;    /* its name */
  char      *file_name; /* may be NULL */
  CcSentKind kind;
  char      *unit;   /* victim, perpetrator, event */
  CcInterval period; /* unknown where neither the delivery nor the table states one */
  gint64     n_figures;
  gint64     total;       /* -1 where the figures do not say which of them add up */
  gboolean   has_records; /* the agency sent lists for a day of the period, too */
} CcSentCounts;

/* One figure as it was sent. */
typedef struct
{
  char      *sheet;
  gint64     row; /* from 1, as in the sheet */
  CcSentKind kind;
  char      *unit;
  CcInterval period;
  char      *column; /* header of the figure; NULL in rows of lists */
  char     **names;  /* what sorts it: headers and their texts, or variables and their codes */
  char     **texts;
  gint64     count;
  gboolean   repeated; /* a later delivery of the agency states the same figure */
} CcSentFigure;

/* Element-type CcSentCounts: by agency, period, unit and delivery. submission 0 = all of them. */
GPtrArray *
cc_sent_counts_list (CcConnection *connection, CcPack *pack, gint64 submission, GError **error);
/* Element-type CcSentFigure: in the order of the sheet; repeated ones are among them. */
GPtrArray *cc_sent_counts_read (CcConnection *connection, gint64 submission, GError **error);

void cc_sent_counts_free (CcSentCounts *self);
void cc_sent_figure_free (CcSentFigure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSentCounts, cc_sent_counts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSentFigure, cc_sent_figure_free)

G_END_DECLS

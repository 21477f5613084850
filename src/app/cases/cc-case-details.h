/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-record-list.h>

#include "cc-session-work.h"

G_BEGIN_DECLS

/* What the pane beside the list says of one record or row set aside: sections of lines, ready to be
 * shown. Made off the main loop, without widgets. */

typedef enum
{
  CC_DETAIL_VALUE, /* label and value */
  CC_DETAIL_LINK,  /* value, with label above; leads to page and target */
  CC_DETAIL_ERROR, /* a finding; label is what it is about */
  CC_DETAIL_WARNING,
  CC_DETAIL_NOTE,
  CC_DETAIL_FOLD, /* value, with label below and lines inside */
} CcDetailKind;

typedef struct
{
  CcDetailKind kind;
  char        *label; /* NULL where none */
  char        *value;
  const char  *page; /* where it leads; NULL where nowhere */
  char        *target;
  GPtrArray   *lines; /* CcDetailLine inside a fold; NULL elsewhere */
} CcDetailLine;

typedef struct
{
  char      *title;
  GPtrArray *lines; /* CcDetailLine */
} CcDetailSection;

typedef struct
{
  gint64     id;
  gboolean   parked; /* a row set aside, not a record */
  gboolean   withdrawn;
  char      *unit;
  char      *title;    /* name or number */
  char      *subtitle; /* what it is, and of which agency */
  GPtrArray *sections; /* CcDetailSection */
} CcCaseDetails;

typedef struct
{
  gint64   id;
  gboolean parked;
} CcCaseDetailsRequest;

/* A CcReadFunc: data is a CcCaseDetailsRequest, the result a CcCaseDetails. */
gpointer cc_case_details_read (CcSession    *session,
                               CcConnection *connection,
                               gpointer      data,
                               GCancellable *cancellable,
                               GError      **error);
void     cc_case_details_free (CcCaseDetails *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCaseDetails, cc_case_details_free)

G_END_DECLS

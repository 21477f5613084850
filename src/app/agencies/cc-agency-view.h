/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/store/cc-returns.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_AGENCY_VIEW (cc_agency_view_get_type ())
G_DECLARE_FINAL_TYPE (CcAgencyView, cc_agency_view, CC, AGENCY_VIEW, GtkBox)

/* One agency: what it is, what it owes and sent. Changes are acts of their own. Rows use the
 * actions agencies.import, agencies.nil and agencies.expect of the page around it. */

/* entity, returns (CcReturn): borrowed for the call; sent (CcSentCounts): kept */
void cc_agency_view_set (CcAgencyView   *self,
                         CcSession      *session,
                         const CcEntity *entity,
                         gint64          n_records,
                         GPtrArray      *returns,
                         GPtrArray      *sent);

G_END_DECLS

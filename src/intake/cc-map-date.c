/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include "cc-map-private.h"

/* The group [dates] of a map: Header=DMY, Header=DMY hijri, order=DMY for all columns,
 * calendar=ethiopian for all columns. */

/* The order and the calendar that a text names; FALSE where it names something else. */
gboolean
cc_map_parse_date_form (const char *text, CcDateOrder *order, CcCalendar *calendar)
{
  g_auto (GStrv) words = g_strsplit_set (text ? text : "", " ,;", -1);
  gboolean found = FALSE;

  *order = CC_DATE_ORDER_UNKNOWN;
  *calendar = CC_CALENDAR_UNKNOWN;
  for (guint i = 0; words[i]; i++)
    {
      const CcDateOrder named = cc_date_order_from_text (words[i]);
      const CcCalendar  kept = cc_calendar_from_text (words[i]);

      if (words[i][0] == '\0')
        continue;
      if (named == CC_DATE_ORDER_UNKNOWN && kept == CC_CALENDAR_UNKNOWN)
        return FALSE;
      if (named != CC_DATE_ORDER_UNKNOWN)
        *order = named;
      else
        *calendar = kept;
      found = TRUE;
    }
  return found;
}

/**
 * cc_map_get_date_order:
 *
 * Returns: the order somebody decided for a column, else for the whole file
 */
CcDateOrder
cc_map_get_date_order (CcMap *self, const char *header)
{
  CcDateOrder order;
  CcCalendar  calendar;

  g_return_val_if_fail (self != NULL && header != NULL, CC_DATE_ORDER_UNKNOWN);

  cc_map_parse_date_form (cc_map_get_pair (self->dates, header), &order, &calendar);
  if (order == CC_DATE_ORDER_UNKNOWN)
    cc_map_parse_date_form (cc_map_get_pair (self->dates, "order"), &order, &calendar);
  return order;
}

/**
 * cc_map_get_calendar:
 *
 * Returns: the calendar somebody decided for a column, else for the whole file
 */
CcCalendar
cc_map_get_calendar (CcMap *self, const char *header)
{
  CcDateOrder order;
  CcCalendar  calendar;

  g_return_val_if_fail (self != NULL && header != NULL, CC_CALENDAR_UNKNOWN);

  cc_map_parse_date_form (cc_map_get_pair (self->dates, header), &order, &calendar);
  if (calendar == CC_CALENDAR_UNKNOWN)
    cc_map_parse_date_form (cc_map_get_pair (self->dates, "calendar"), &order, &calendar);
  return calendar;
}

static void
set_form (CcMap *self, const char *header, CcDateOrder order, CcCalendar calendar)
{
  const char      *first = cc_date_order_to_text (order);
  const char      *second = cc_calendar_to_text (calendar);
  g_autofree char *text = g_strconcat (first, *first && *second ? " " : "", second, NULL);

  cc_map_set_pair (self->dates, header, text, 0);
}

/**
 * cc_map_set_date_order:
 * @header: (nullable): a column, %NULL for the whole file
 */
void
cc_map_set_date_order (CcMap *self, const char *header, CcDateOrder order)
{
  CcDateOrder before;
  CcCalendar  calendar;

  g_return_if_fail (self != NULL);

  cc_map_parse_date_form (cc_map_get_pair (self->dates, header ? header : "order"), &before,
                          &calendar);
  set_form (self, header ? header : "order", order, calendar);
}

/**
 * cc_map_set_calendar:
 * @header: (nullable): a column, %NULL for the whole file
 */
void
cc_map_set_calendar (CcMap *self, const char *header, CcCalendar calendar)
{
  CcDateOrder order;
  CcCalendar  before;

  g_return_if_fail (self != NULL);

  cc_map_parse_date_form (cc_map_get_pair (self->dates, header ? header : "calendar"), &order,
                          &before);
  set_form (self, header ? header : "calendar", order, calendar);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-date-text.h>

/**
 * cc_date_scan_decide:
 * @ambiguous: (out): whether values are left that somebody must decide
 *
 * One order must fit all values: a day over 12 in first place proves day first as long as no value
 * proves the contrary.
 *
 * Returns: the order of the values that could be read in two ways
 */
CcDateOrder
cc_date_scan_decide (const CcDateScan *self, gboolean *ambiguous)
{
  g_return_val_if_fail (self != NULL && ambiguous != NULL, CC_DATE_ORDER_UNKNOWN);

  *ambiguous = FALSE;
  if (self->n_day_first > 0 && self->n_month_first == 0)
    return CC_DATE_ORDER_DMY;
  if (self->n_month_first > 0 && self->n_day_first == 0)
    return CC_DATE_ORDER_MDY;
  *ambiguous = self->n_either > 0;
  if (self->n_year_first > 0 && self->n_either == 0)
    return CC_DATE_ORDER_YMD;
  return CC_DATE_ORDER_UNKNOWN;
}

/**
 * cc_date_order_from_text:
 * @text: (nullable): "DMY", "MDY" or "YMD", in any case
 *
 * Returns: the order, UNKNOWN for anything else
 */
CcDateOrder
cc_date_order_from_text (const char *text)
{
  for (CcDateOrder order = CC_DATE_ORDER_DMY; order <= CC_DATE_ORDER_YMD; order++)
    if (text && g_ascii_strcasecmp (text, cc_date_order_to_text (order)) == 0)
      return order;
  return CC_DATE_ORDER_UNKNOWN;
}

/**
 * cc_date_order_to_text:
 *
 * Returns: the order as in a map file, "" for UNKNOWN
 */
const char *
cc_date_order_to_text (CcDateOrder order)
{
  switch (order)
    {
    case CC_DATE_ORDER_DMY:
      return "DMY";
    case CC_DATE_ORDER_MDY:
      return "MDY";
    case CC_DATE_ORDER_YMD:
      return "YMD";
    case CC_DATE_ORDER_UNKNOWN:
    default:
      return "";
    }
}

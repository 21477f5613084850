/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"

#include <string.h>

/* Values of one variable as a text from which they come back as they were. */

#define IMAGE_TYPE "a(isasiiiiiixms)"

/* Returns: (transfer container): the values of a variable; empty where nothing is said */
GPtrArray *
cc_record_collect (CcRecord *record, const CcVariable *variable)
{
  GPtrArray *values = g_ptr_array_new ();

  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *value = g_ptr_array_index (record->values, i);

      if (value->variable == variable)
        g_ptr_array_add (values, value);
    }
  return values;
}

char *
cc_values_to_image (GPtrArray *values)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) image = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (IMAGE_TYPE));
  for (guint i = 0; i < values->len; i++)
    {
      const CcValue  *value = g_ptr_array_index (values, i);
      GVariantBuilder codes;

      g_variant_builder_init (&codes, G_VARIANT_TYPE ("as"));
      for (guint j = 0; value->codes != NULL && j < value->codes->len; j++)
        g_variant_builder_add (&codes, "s",
                               ((const CcCode *) g_ptr_array_index (value->codes, j))->code);
      g_variant_builder_add (&builder, "(isasiiiiiixms)", (gint32) value->no_value,
                             value->code != NULL ? value->code->code : "", &codes,
                             (gint32) value->complete, (gint32) value->date.first,
                             (gint32) value->date.last, (gint32) value->age_min,
                             (gint32) value->age_max, (gint32) value->age_day, value->number,
                             value->text);
    }
  image = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (image, FALSE);
}

/* Returns: (transfer full) (element-type CcValue): NULL where the text is none of ours, or names a
 *   code that the pack no longer has */
GPtrArray *
cc_values_from_image (CcPack *pack, const CcVariable *variable, const char *image)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_value_free);
  g_autoptr (GVariant) parsed =
      g_variant_parse (G_VARIANT_TYPE (IMAGE_TYPE), image, NULL, NULL, NULL);

  for (gsize i = 0; parsed != NULL && i < g_variant_n_children (parsed); i++)
    {
      g_autoptr (GVariantIter) codes = NULL;
      CcValue    *value = cc_value_new (variable);
      const char *code;
      gint32      no_value, complete, first, last, min, max, day;

      g_ptr_array_add (values, value);
      g_variant_get_child (parsed, i, "(i&sasiiiiiixms)", &no_value, &code, &codes, &complete,
                           &first, &last, &min, &max, &day, &value->number, &value->text);
      value->no_value = (CcNoValue) no_value;
      value->complete = complete;
      value->date = (CcInterval){ first, last };
      value->age_min = min;
      value->age_max = max;
      value->age_day = day;
      if (*code != '\0')
        {
          value->code = cc_pack_find_code (pack, variable->list, code);
          if (value->code == NULL)
            return NULL;
        }
      while (g_variant_iter_loop (codes, "&s", &code))
        {
          const CcCode *found = cc_pack_find_code (pack, variable->list, code);

          if (found == NULL)
            return NULL;
          g_ptr_array_add (value->codes, (gpointer) found);
        }
    }
  return parsed != NULL ? g_steal_pointer (&values) : NULL;
}

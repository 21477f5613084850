/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xlsx-private.h"

#include <string.h>

/* Twice what a workbook of the largest number of sheets needs, comments and pictures included. */
#define MAX_RELATIONS (8 * CC_BOOK_MAX_SHEETS)

static gssize
read_part (gpointer data, void *buffer, gsize size, GError **error)
{
  return cc_part_read (data, buffer, size, error);
}

gboolean
cc_xlsx_part_open (CcXlsxPart *self, CcArchive *archive, const char *name, GError **error)
{
  self->part = cc_archive_open_part (archive, name, error);
  if (self->part == NULL)
    return FALSE;
  self->xml = cc_xml_reader_new (read_part, self->part, CC_XML_ENGINE_AUTOMATIC, error);
  return self->xml != NULL;
}

void
cc_xlsx_part_close (CcXlsxPart *self)
{
  g_clear_pointer (&self->xml, cc_xml_reader_free);
  g_clear_pointer (&self->part, cc_part_free);
}

gboolean
cc_xlsx_read_reference (const char **text, guint *row, guint *column)
{
  const char *p = *text;
  guint       c = 0;
  guint       r = 0;

  for (; *p >= 'A' && *p <= 'Z' && c <= CC_BOOK_MAX_COLUMNS; p++)
    c = c * 26 + (guint) (*p - 'A' + 1);
  for (; *p >= '0' && *p <= '9' && r <= CC_BOOK_MAX_ROWS; p++)
    r = r * 10 + (guint) (*p - '0');
  if (c == 0 || r == 0 || c > CC_BOOK_MAX_COLUMNS || r > CC_BOOK_MAX_ROWS)
    return FALSE;
  *text = p;
  *row = r - 1;
  *column = c - 1;
  return TRUE;
}

/* --- relations --- */

static void
free_relation (gpointer data)
{
  CcXlsxRelation *self = data;

  g_free (self->id);
  g_free (self->type);
  g_free (self->target);
  g_free (self);
}

/* xl/workbook.xml has its relations in xl/_rels/workbook.xml.rels. */
static char *
name_relations (const char *part)
{
  const char *slash = strrchr (part, '/');
  const char *base = slash != NULL ? slash + 1 : part;

  return g_strdup_printf ("%.*s_rels/%s.rels", (int) (base - part), part, base);
}

/* A target is given from the part's folder, or from the root with a leading slash. */
static char *
resolve_target (const char *part, const char *target)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char      *slash = strrchr (part, '/');
  g_autofree char *whole = target[0] == '/' || slash == NULL
                               ? g_strdup (target)
                               : g_strdup_printf ("%.*s/%s", (int) (slash - part), part, target);
  g_auto (GStrv) pieces = g_strsplit (whole, "/", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    if (g_str_equal (pieces[i], ".."))
      {
        if (names->len > 0)
          g_ptr_array_set_size (names, (int) names->len - 1);
      }
    else if (*pieces[i] != '\0' && !g_str_equal (pieces[i], "."))
      g_ptr_array_add (names, pieces[i]);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("/", (char **) names->pdata);
}

GPtrArray *
cc_xlsx_relations_load (CcArchive *archive, const char *part, GError **error)
{
  g_autoptr (GPtrArray) relations = g_ptr_array_new_with_free_func (free_relation);
  g_autofree char *name = name_relations (part);
  g_auto (CcXlsxPart) source = { 0 };
  CcXmlEvent event;

  if (!cc_archive_has (archive, name))
    return g_steal_pointer (&relations);
  if (!cc_xlsx_part_open (&source, archive, name, error))
    return NULL;
  for (;;)
    {
      CcXmlReader *xml = source.xml;
      const char  *id, *type, *target;

      if (!cc_xml_reader_next (xml, &event, error))
        return NULL;
      if (event == CC_XML_FINISHED)
        return g_steal_pointer (&relations);
      if (event != CC_XML_START || !cc_xml_is (xml, "Relationship"))
        continue;
      if (relations->len == MAX_RELATIONS)
        {
          cc_xml_set_too_deep (error);
          return NULL;
        }
      id = cc_xml_reader_get (xml, "Id");
      type = cc_xml_reader_get (xml, "Type");
      target = cc_xml_reader_get (xml, "Target");
      if (id != NULL && type != NULL && target != NULL
          && g_strcmp0 (cc_xml_reader_get (xml, "TargetMode"), "External") != 0)
        {
          CcXlsxRelation *relation = g_new0 (CcXlsxRelation, 1);
          const char     *word = strrchr (type, '/');

          relation->id = g_strdup (id);
          relation->type = g_strdup (word != NULL ? word + 1 : type);
          relation->target = resolve_target (part, target);
          g_ptr_array_add (relations, relation);
        }
    }
}

CcXlsxRelation *
cc_xlsx_relations_find (GPtrArray *self, const char *id, const char *type)
{
  for (guint i = 0; i < self->len; i++)
    {
      CcXlsxRelation *relation = g_ptr_array_index (self, i);

      if ((id == NULL || g_str_equal (relation->id, id))
          && (type == NULL || g_str_equal (relation->type, type)))
        return relation;
    }
  return NULL;
}

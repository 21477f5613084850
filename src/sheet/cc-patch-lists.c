/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-patch-private.h"

#include <string.h>

#define TYPES_NS     "http://schemas.openxmlformats.org/package/2006/content-types"
#define RELATIONS_NS "http://schemas.openxmlformats.org/package/2006/relationships"

static CcPatchTree *
parse (const char *text, gsize length, const char *part, GError **error)
{
  CcPatchTree *tree = cc_patch_tree_parse (text, length);

  if (tree == NULL)
    cc_patch_set_refused (error, part);
  return tree;
}

/* A new child has the vocabulary of its list. */
static char *
name_vocabulary (CcPatchTree *tree, const char *address)
{
  return *tree->prefix != '\0' ? g_strdup_printf (" xmlns=\"%s\"", address) : g_strdup ("");
}

/* `text` NULL: the part has no relations yet. */
char *
cc_patch_relations_add (const char *text,
                        gsize       length,
                        const char *id,
                        const char *type,
                        const char *target,
                        GError    **error)
{
  static const char empty[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                              "<Relationships xmlns=\"" RELATIONS_NS "\"></Relationships>";
  g_autoptr (CcPatchTree) tree = text != NULL ? parse (text, length, "_rels", error)
                                              : parse (empty, strlen (empty), "_rels", error);
  g_autofree char *vocabulary = NULL;
  g_autoptr (GString) child = g_string_new (NULL);

  if (tree == NULL)
    return NULL;
  vocabulary = name_vocabulary (tree, RELATIONS_NS);
  g_string_append_printf (child, "<Relationship%s Id=\"%s\" Type=\"%s\" Target=\"", vocabulary, id,
                          type);
  cc_patch_append_escaped (child, target, TRUE);
  g_string_append (child, "\"/>");
  cc_patch_tree_add (tree, "Relationship", child->str);
  return cc_patch_tree_to_text (tree);
}

/* Adds an entry unless one with that PartName or Extension (`key`) stands there. Extensions are put
 * first, as the standard's own examples do. */
char *
cc_patch_types_add (const char *text,
                    gsize       length,
                    const char *xml,
                    const char *key,
                    GError    **error)
{
  g_autoptr (CcPatchTree) tree = parse (text, length, "[Content_Types].xml", error);
  g_autoptr (GString) child = NULL;
  g_autofree char *vocabulary = NULL;
  const gboolean   is_part = *key == '/';

  if (tree == NULL)
    return NULL;
  for (guint i = 0; i < tree->children->len; i++)
    {
      CcPatchChild    *old = g_ptr_array_index (tree->children, i);
      CcPatchTag       tag;
      g_autofree char *name = NULL;

      if (!cc_patch_scan (old->text, old->text + strlen (old->text), &tag))
        continue;
      name = cc_patch_tag_get (&tag, is_part ? "PartName" : "Extension");
      if (name != NULL && g_ascii_strcasecmp (name, key) == 0)
        return g_strndup (text, length);
    }
  vocabulary = name_vocabulary (tree, TYPES_NS);
  child = g_string_new (is_part ? "<Override" : "<Default");
  g_string_append_printf (child, "%s %s=\"%s\" ContentType=\"%s\"/>", vocabulary,
                          is_part ? "PartName" : "Extension", key, xml);
  cc_patch_tree_add (tree, is_part ? "Override" : "Default", child->str);
  if (!is_part)
    g_ptr_array_insert (tree->children, 0,
                        g_ptr_array_steal_index (tree->children, tree->children->len - 1));
  return cc_patch_tree_to_text (tree);
}

/* --- the workbook --- */

static guint
find_sheet_number (CcPatchChild *sheets)
{
  CcPatchTag tag = { .end = sheets->text };
  guint      highest = 0;
  guint      number;

  while (cc_patch_scan (tag.end, sheets->text + strlen (sheets->text), &tag))
    if (cc_patch_tag_get_number (&tag, "sheetId", &number))
      highest = MAX (highest, number);
  return highest;
}

/* Changes an attribute of each `name` in a child: to `value`, or one more than it was where that is
 * NULL. */
static void
change_each (CcPatchChild *self, const char *name, const char *attribute, const char *value)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *from = self->text;
  CcPatchTag  tag = { .end = from };

  while (cc_patch_scan (tag.end, self->text + strlen (self->text), &tag))
    {
      g_autofree char *next = NULL;
      const char      *changes[] = { attribute, value, NULL };
      guint            old;

      if (tag.closing || !cc_patch_tag_is (&tag, name)
          || (value == NULL && !cc_patch_tag_get_number (&tag, attribute, &old)))
        continue;
      if (value == NULL)
        changes[1] = next = g_strdup_printf ("%u", old + 1);
      g_string_append_len (out, from, tag.start - from);
      cc_patch_tag_write (out, &tag, changes, FALSE);
      from = tag.end;
    }
  g_string_append (out, from);
  g_free (self->text);
  self->text = g_string_free (g_steal_pointer (&out), FALSE);
}

/* Puts an element before the first one in a child. */
static void
insert_first (CcPatchChild *self, const char *addition)
{
  CcPatchTag tag;
  char      *text;

  if (!cc_patch_scan (self->text, self->text + strlen (self->text), &tag) || tag.empty)
    {
      cc_patch_child_append (self, addition, 1);
      return;
    }
  text = g_strdup_printf ("%.*s%s%s", (int) (tag.end - self->text), self->text, addition, tag.end);
  g_free (self->text);
  self->text = text;
}

char *
cc_patch_workbook_add (const char *text,
                       gsize       length,
                       const char *name,
                       const char *relation,
                       gboolean    first,
                       GError    **error)
{
  g_autoptr (CcPatchTree) tree = parse (text, length, "workbook.xml", error);
  CcPatchChild *sheets = tree != NULL ? cc_patch_tree_find (tree, "sheets") : NULL;
  CcPatchChild *views, *names;
  g_autoptr (GString) sheet = g_string_new (NULL);

  if (sheets == NULL)
    {
      g_clear_error (error);
      cc_patch_set_refused (error, "workbook.xml");
      return NULL;
    }
  g_string_append_printf (sheet, "<%ssheet xmlns:r=\"%s\" name=\"", tree->prefix,
                          CC_PATCH_RELATION_NS);
  cc_patch_append_escaped (sheet, name, TRUE);
  g_string_append_printf (sheet, "\" sheetId=\"%u\"%s r:id=\"%s\"/>",
                          find_sheet_number (sheets) + 1, first ? "" : " state=\"veryHidden\"",
                          relation);
  if (!first)
    {
      cc_patch_child_append (sheets, sheet->str, 1);
      return cc_patch_tree_to_text (tree);
    }
  insert_first (sheets, sheet->str);
  views = cc_patch_tree_find (tree, "bookViews");
  names = cc_patch_tree_find (tree, "definedNames");
  if (views != NULL)
    {
      change_each (views, "workbookView", "activeTab", "0");
      change_each (views, "workbookView", "firstSheet", "0");
    }
  /* Names that belong to one sheet say which by its place. */
  if (names != NULL)
    change_each (names, "definedName", "localSheetId", NULL);
  return cc_patch_tree_to_text (tree);
}

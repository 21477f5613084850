/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-patch-private.h"

#include <string.h>

static void
free_child (gpointer data)
{
  CcPatchChild *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

void
cc_patch_tree_free (CcPatchTree *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->children);
  g_free (self->head);
  g_free (self->prefix);
  g_free (self->tail);
  g_free (self->lead);
  g_free (self);
}

static char *
cut (const char *start, const char *end)
{
  return g_strndup (start, (gsize) (end - start));
}

/* The root's start tag. */
static const char *
parse_root (CcPatchTree *self, const char *text, const char *end, gboolean *empty)
{
  CcPatchTag tag = { .end = text };

  do
    if (!cc_patch_scan (tag.end, end, &tag) || tag.closing)
      return NULL;
  while (tag.other);
  self->prefix = g_strndup (tag.name, tag.prefix_length);
  *empty = tag.empty;
  if (tag.empty)
    {
      const char *const none[] = { NULL };
      g_autoptr (GString) head = g_string_new_len (text, tag.start - text);

      cc_patch_tag_write (head, &tag, none, TRUE);
      self->head = g_string_free (g_steal_pointer (&head), FALSE);
      self->tail = g_strdup_printf ("</%.*s>%.*s", (int) tag.name_length, tag.name,
                                    (int) (end - tag.end), tag.end);
    }
  else
    self->head = cut (text, tag.end);
  return tag.end;
}

static void
begin_child (CcPatchTree *self, const CcPatchTag *tag)
{
  CcPatchChild *child = g_new0 (CcPatchChild, 1);

  child->name = g_strndup (tag->name + tag->prefix_length, tag->name_length - tag->prefix_length);
  g_ptr_array_add (self->children, child);
}

static void
end_child (CcPatchTree *self, const char *start, const char *end)
{
  if (self->children->len == 0)
    self->lead = cut (start, end);
  else
    ((CcPatchChild *) g_ptr_array_index (self->children, self->children->len - 1))->text =
        cut (start, end);
}

CcPatchTree *
cc_patch_tree_parse (const char *text, gsize length)
{
  g_autoptr (CcPatchTree) self = g_new0 (CcPatchTree, 1);
  const char *end = text + length;
  const char *from;
  CcPatchTag  tag;
  guint       depth = 0;
  gboolean    empty;

  self->children = g_ptr_array_new_with_free_func (free_child);
  from = parse_root (self, text, end, &empty);
  if (from == NULL)
    return NULL;
  if (empty)
    {
      self->lead = g_strdup ("");
      return g_steal_pointer (&self);
    }
  tag.end = from;
  while (cc_patch_scan (tag.end, end, &tag))
    {
      if (tag.other)
        continue;
      if (tag.closing && depth == 0)
        {
          end_child (self, from, tag.start);
          self->tail = cut (tag.start, end);
          return g_steal_pointer (&self);
        }
      if (!tag.closing && depth == 0)
        {
          end_child (self, from, tag.start);
          begin_child (self, &tag);
          from = tag.start;
        }
      if (tag.closing)
        depth--;
      else if (!tag.empty && ++depth > CC_XML_MAX_DEPTH)
        return NULL;
    }
  return NULL;
}

char *
cc_patch_tree_to_text (CcPatchTree *self)
{
  g_autoptr (GString) text = g_string_new (self->head);

  g_string_append (text, self->lead);
  for (guint i = 0; i < self->children->len; i++)
    g_string_append (text, ((CcPatchChild *) g_ptr_array_index (self->children, i))->text);
  g_string_append (text, self->tail);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

CcPatchChild *
cc_patch_tree_find (CcPatchTree *self, const char *name)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      CcPatchChild *child = g_ptr_array_index (self->children, i);

      if (g_str_equal (child->name, name))
        return child;
    }
  return NULL;
}

CcPatchChild *
cc_patch_tree_ensure (CcPatchTree *self, const char *name, const char *const *before)
{
  CcPatchChild *child = cc_patch_tree_find (self, name);
  guint         at = 0;

  if (child != NULL)
    return child;
  for (; at < self->children->len; at++)
    if (g_strv_contains (before, ((CcPatchChild *) g_ptr_array_index (self->children, at))->name))
      break;
  child = g_new0 (CcPatchChild, 1);
  child->name = g_strdup (name);
  child->text = g_strdup_printf ("<%s%s count=\"0\"/>", self->prefix, name);
  g_ptr_array_insert (self->children, (int) at, child);
  return child;
}

void
cc_patch_tree_add (CcPatchTree *self, const char *name, const char *text)
{
  CcPatchChild *child = g_new0 (CcPatchChild, 1);

  child->name = g_strdup (name);
  child->text = g_strdup (text);
  g_ptr_array_add (self->children, child);
}

/* The start of the end tag of the element that begins a text: a child's text ends with it, apart
 * from blanks and remarks. */
static const char *
find_closing (const char *text)
{
  const char *end = text + strlen (text);
  const char *closing = NULL;
  CcPatchTag  tag = { .end = text };
  guint       depth = 0;

  while (cc_patch_scan (tag.end, end, &tag))
    if (tag.closing && --depth == 0)
      {
        closing = tag.start;
        break;
      }
    else if (!tag.other && !tag.closing && !tag.empty)
      depth++;
  return closing;
}

void
cc_patch_child_append (CcPatchChild *self, const char *addition, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = NULL;
  const char      *end = self->text + strlen (self->text);
  const char      *changes[] = { NULL, NULL, NULL };
  CcPatchTag       tag;
  guint            count;

  if (!cc_patch_scan (self->text, end, &tag))
    return;
  if (cc_patch_tag_get_number (&tag, "count", &count))
    {
      number = g_strdup_printf ("%u", count + n);
      changes[0] = "count";
      changes[1] = number;
    }
  cc_patch_tag_write (text, &tag, changes, TRUE);
  if (tag.empty)
    g_string_append_printf (text, "%s</%.*s>%s", addition, (int) tag.name_length, tag.name,
                            tag.end);
  else
    {
      const char *closing = find_closing (self->text);

      g_return_if_fail (closing != NULL);
      g_string_append_len (text, tag.end, closing - tag.end);
      g_string_append (text, addition);
      g_string_append (text, closing);
    }
  g_free (self->text);
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-expression-private.h"

#include "cc-nearest-private.h"

#include <cc/base/cc-error.h>

typedef enum
{
  TOKEN_END,
  TOKEN_WORD,
  TOKEN_QUOTED,
  TOKEN_OPERATOR,
  TOKEN_OPEN,
  TOKEN_CLOSE,
  TOKEN_COMMA,
  TOKEN_RANGE,
  TOKEN_STAR,
} TokenType;

typedef struct
{
  const char *at; /* rest of the text after the token */
  const char *text;
  guint       depth;
  TokenType   type;
  char       *word; /* WORD, QUOTED, OPERATOR */
} Parser;

static const struct
{
  const char *sign;
  CcOperator  op;
} comparisons[] = {
  { "=", CC_OP_EQUAL },       { "!=", CC_OP_NOT_EQUAL }, { "<", CC_OP_LESS },
  { "<=", CC_OP_LESS_EQUAL }, { ">", CC_OP_GREATER },    { ">=", CC_OP_GREATER_EQUAL },
};

static CcNode *parse_or (Parser *self, GError **error);

/* Frees a parsed condition. */
void
cc_expression_free (CcNode *self)
{
  if (!self)
    return;
  cc_expression_free (self->left);
  cc_expression_free (self->right);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self->field);
  g_free (self);
}

static gboolean
fail (Parser *self, GError **error, const char *wanted)
{
  const char *found = self->type == TOKEN_END ? "the end" : self->word ? self->word : "a sign";

  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "the condition “%s” needs %s where “%s” stands", self->text, wanted, found);
  return FALSE;
}

static gboolean
is_word_char (const char *at)
{
  if (at[0] == '.' && at[1] == '.')
    return FALSE;
  return g_ascii_isalnum (*at) || (*at && strchr ("_.:-$", *at)) || (guchar) *at >= 0x80;
}

static gboolean
read_quoted (Parser *self, GError **error)
{
  const char *end = strchr (self->at + 1, '\'');

  if (!end)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "the condition “%s” opens a quotation with ' and does not close it", self->text);
      return FALSE;
    }
  self->type = TOKEN_QUOTED;
  self->word = g_strndup (self->at + 1, (gsize) (end - self->at - 1));
  self->at = end + 1;
  return TRUE;
}

static gboolean
read_sign (Parser *self, GError **error)
{
  static const char signs[] = "(),*";
  const char       *sign = strchr (signs, *self->at);

  if (sign)
    {
      static const TokenType types[] = { TOKEN_OPEN, TOKEN_CLOSE, TOKEN_COMMA, TOKEN_STAR };

      self->type = types[sign - signs];
      self->word = g_strndup (self->at, 1);
      self->at++;
      return TRUE;
    }
  if (strchr ("<>=!", *self->at))
    {
      gsize length = self->at[1] == '=' && *self->at != '=' ? 2 : 1;

      self->type = TOKEN_OPERATOR;
      self->word = g_strndup (self->at, length);
      self->at += length;
      return TRUE;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "the condition “%s” has a sign “%.1s” that means nothing here", self->text,
               g_ascii_isprint (*self->at) ? self->at : "?");
  return FALSE;
}

/* Moves to the next token. */
static gboolean
next (Parser *self, GError **error)
{
  g_clear_pointer (&self->word, g_free);
  while (g_ascii_isspace (*self->at))
    self->at++;
  if (!*self->at)
    {
      self->type = TOKEN_END;
      return TRUE;
    }
  if (*self->at == '\'')
    return read_quoted (self, error);
  if (self->at[0] == '.' && self->at[1] == '.')
    {
      self->type = TOKEN_RANGE;
      self->word = g_strdup ("..");
      self->at += 2;
      return TRUE;
    }
  if (is_word_char (self->at))
    {
      const char *start = self->at;

      while (is_word_char (self->at))
        self->at++;
      self->type = TOKEN_WORD;
      self->word = g_strndup (start, (gsize) (self->at - start));
      return TRUE;
    }
  return read_sign (self, error);
}

static gboolean
is_keyword (Parser *self, const char *keyword)
{
  return self->type == TOKEN_WORD && g_str_equal (self->word, keyword);
}

static gboolean
read_value (Parser *self, CcNode *node, gboolean star, GError **error)
{
  if (self->type != TOKEN_WORD && self->type != TOKEN_QUOTED && !(star && self->type == TOKEN_STAR))
    return fail (self, error, "a value");
  g_ptr_array_add (node->values, g_steal_pointer (&self->word));
  return next (self, error);
}

/* set = value | "(" value { "," value } ")" */
static gboolean
read_set (Parser *self, CcNode *node, GError **error)
{
  gboolean star = node->op == CC_OP_MIXES;

  if (self->type != TOKEN_OPEN)
    return read_value (self, node, FALSE, error);
  do
    if (!next (self, error) || !read_value (self, node, star, error))
      return FALSE;
  while (self->type == TOKEN_COMMA);
  if (self->type != TOKEN_CLOSE)
    return fail (self, error, "“,” or “)”");
  return next (self, error);
}

/* After "in": a set, or low .. high. */
static gboolean
read_in (Parser *self, CcNode *node, GError **error)
{
  node->op = CC_OP_IN;
  if (!read_set (self, node, error))
    return FALSE;
  if (self->type != TOKEN_RANGE)
    return TRUE;
  if (node->values->len != 1)
    return fail (self, error, "one value before “..”");
  node->op = CC_OP_RANGE;
  return next (self, error) && read_value (self, node, FALSE, error);
}

static gboolean
read_is (Parser *self, CcNode *node, GError **error)
{
  if (is_keyword (self, "known"))
    node->op = CC_OP_KNOWN;
  else if (is_keyword (self, "unknown"))
    node->op = CC_OP_UNKNOWN;
  else
    return fail (self, error, "“known” or “unknown”");
  return next (self, error);
}

static gboolean
read_comparison (Parser *self, CcNode *node, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (g_str_equal (comparisons[i].sign, self->word))
      {
        node->op = comparisons[i].op;
        return next (self, error) && read_value (self, node, FALSE, error);
      }
  return fail (self, error, "one of = != < <= > >=");
}

/* What follows a field name. */
static gboolean
read_test (Parser *self, CcNode *node, GError **error)
{
  static const struct
  {
    const char *word;
    CcOperator  op;
  } sets[] = { { "has", CC_OP_HAS }, { "under", CC_OP_UNDER }, { "mixes", CC_OP_MIXES } };

  if (self->type == TOKEN_OPERATOR)
    return read_comparison (self, node, error);
  if (is_keyword (self, "in"))
    return next (self, error) && read_in (self, node, error);
  if (is_keyword (self, "is"))
    return next (self, error) && read_is (self, node, error);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (is_keyword (self, sets[i].word))
      {
        node->op = sets[i].op;
        return next (self, error) && read_set (self, node, error);
      }
  return fail (self, error, "a comparison, “in”, “has”, “under”, “mixes” or “is”");
}

static CcNode *
new_node (CcNodeType type)
{
  CcNode *node = g_new0 (CcNode, 1);

  node->type = type;
  return node;
}

static CcNode *
parse_test (Parser *self, GError **error)
{
  g_autoptr (CcNode) node = NULL;

  if (self->type == TOKEN_OPEN)
    {
      if (!next (self, error) || !(node = parse_or (self, error)))
        return NULL;
      if (self->type != TOKEN_CLOSE)
        {
          fail (self, error, "“)”");
          return NULL;
        }
      return next (self, error) ? g_steal_pointer (&node) : NULL;
    }
  if (self->type != TOKEN_WORD)
    {
      fail (self, error, "a field name");
      return NULL;
    }
  if (is_keyword (self, "any") || is_keyword (self, "otherwise"))
    {
      node = new_node (is_keyword (self, "any") ? CC_NODE_ANY : CC_NODE_OTHERWISE);
      return next (self, error) ? g_steal_pointer (&node) : NULL;
    }
  node = new_node (CC_NODE_TEST);
  node->values = g_ptr_array_new_with_free_func (g_free);
  node->field = g_steal_pointer (&self->word);
  if (!next (self, error) || !read_test (self, node, error))
    return NULL;
  return g_steal_pointer (&node);
}

static CcNode *
parse_not (Parser *self, GError **error)
{
  g_autoptr (CcNode) node = NULL;

  if (!is_keyword (self, "not"))
    return parse_test (self, error);
  node = new_node (CC_NODE_NOT);
  if (++self->depth > CC_EXPRESSION_MAX_DEPTH)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_LIMIT, "a condition is nested too deeply");
      return NULL;
    }
  if (!next (self, error) || !(node->left = parse_not (self, error)))
    return NULL;
  self->depth--;
  return g_steal_pointer (&node);
}

static CcNode *
parse_and (Parser *self, GError **error)
{
  g_autoptr (CcNode) left = parse_not (self, error);

  while (left && is_keyword (self, "and"))
    {
      g_autoptr (CcNode) node = new_node (CC_NODE_AND);

      node->left = g_steal_pointer (&left);
      if (!next (self, error) || !(node->right = parse_not (self, error)))
        return NULL;
      left = g_steal_pointer (&node);
    }
  return g_steal_pointer (&left);
}

static CcNode *
parse_or (Parser *self, GError **error)
{
  g_autoptr (CcNode) left = NULL;

  if (++self->depth > CC_EXPRESSION_MAX_DEPTH)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_LIMIT, "a condition is nested too deeply");
      return NULL;
    }
  left = parse_and (self, error);
  while (left && is_keyword (self, "or"))
    {
      g_autoptr (CcNode) node = new_node (CC_NODE_OR);

      node->left = g_steal_pointer (&left);
      if (!next (self, error) || !(node->right = parse_and (self, error)))
        return NULL;
      left = g_steal_pointer (&node);
    }
  self->depth--;
  return g_steal_pointer (&left);
}

/**
 * cc_expression_parse:
 * @text: a condition such as "status in $counted-status and form under labour"
 *
 * Reads a condition by the grammar of data/questionnaires/README.md. Names are not looked up here.
 *
 * Returns: (transfer full): the condition, or NULL with an error that does not yet name the file
 */
CcNode *
cc_expression_parse (const char *text, GError **error)
{
  Parser parser = { .at = text, .text = text };
  g_autoptr (CcNode) node = NULL;

  if (strlen (text) > CC_EXPRESSION_MAX_LENGTH)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_LIMIT, "a condition is too long");
      return NULL;
    }
  if (next (&parser, error))
    node = parse_or (&parser, error);
  if (node && parser.type != TOKEN_END)
    {
      fail (&parser, error, "“and”, “or” or its end");
      g_clear_pointer (&node, cc_expression_free);
    }
  g_free (parser.word);
  return g_steal_pointer (&node);
}

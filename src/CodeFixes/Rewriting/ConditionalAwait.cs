using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Awaits a call that happens only where what stands before its question mark is there: <c>await</c> cannot stand behind <c>?.</c>, so
/// the question is asked aloud. What is asked is evaluated once, as before.
/// </summary>
internal sealed class ConditionalAwait
{
    private readonly SemanticModel _model;
    private readonly ExpressionSyntax _call;
    private readonly Func<ExpressionSyntax, ExpressionSyntax> _awaitable;
    private readonly ConditionalAccessExpressionSyntax _condition;
    private readonly ConditionalAccessExpressionSyntax _whole;

    private ConditionalAwait(
        SemanticModel model, ExpressionSyntax call, ConditionalAccessExpressionSyntax condition,
        Func<ExpressionSyntax, ExpressionSyntax> awaitable)
    {
        (_model, _call, _condition, _awaitable) = (model, call, condition, awaitable);
        _whole = condition;
        while (_whole.Parent is ConditionalAccessExpressionSyntax outer && outer.WhenNotNull == _whole) _whole = outer;
    }

    /// <summary>The <c>?.</c> that decides whether a call happens at all.</summary>
    public static ConditionalAccessExpressionSyntax? ConditionOf(ExpressionSyntax call)
    {
        var head = call;
        while (Before(head) is { } before) head = before;
        return head is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax
            ? head.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault(one => one.WhenNotNull.Span.Contains(head.Span))
            : null;
    }

    /// <summary>The edit that asks and awaits; null where the code around it has no such form.</summary>
    public static NodeEdit? Around(
        SemanticModel model, ExpressionSyntax call, ConditionalAccessExpressionSyntax condition,
        Func<ExpressionSyntax, ExpressionSyntax> awaitable) =>
        new ConditionalAwait(model, call, condition, awaitable).Edit();

    private NodeEdit? Edit()
    {
        for (SyntaxNode node = _call; node != _condition.WhenNotNull; node = node.Parent!)
            if (node.Parent is not ExpressionSyntax parent || Before(parent) != node) return null;
        if (_whole.Parent is ExpressionStatementSyntax statement)
        {
            return new NodeEdit(statement, current => current is not ExpressionStatementSyntax now ? current
                : TakesAnElse(statement) ? Layout.InPlaceOf(statement, [Statement(now)]) : Statement(now));
        }

        return _model.GetTypeInfo(_whole).Type switch
        {
            null or { SpecialType: SpecialType.System_Void } => Completed(),
            { IsReferenceType: true } => Value(_whole, LiteralExpression(SyntaxKind.NullLiteralExpression)),
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } type => Number(type),
            _ => null,
        };
    }

    /// <summary><c>x?.Flush();</c> becomes <c>if (x != null) await x.FlushAsync();</c>.</summary>
    private StatementSyntax Statement(ExpressionStatementSyntax current)
    {
        if (current.Expression is not ConditionalAccessExpressionSyntax access) return current;
        var receiver = Receiver(access);
        var isPlain = IsPlain(orField: true);
        var asked = isPlain ? Comparison(SyntaxKind.NotEqualsExpression, receiver) : Pattern(receiver);
        return IfStatement(
                Token(TriviaList(), SyntaxKind.IfKeyword, TriviaList(Space)),
                Token(SyntaxKind.OpenParenToken),
                asked,
                Token(TriviaList(), SyntaxKind.CloseParenToken, TriviaList(Space)),
                ExpressionStatement(Awaited(access, isPlain ? receiver : IdentifierName(Name())).WithoutTrivia()),
                null)
            .WithTriviaFrom(current);
    }

    /// <summary>A number that may be missing; one that another number stands in for needs no type.</summary>
    private NodeEdit? Number(INamedTypeSymbol type)
    {
        var isLifted = SymbolEqualityComparer.Default.Equals(_model.GetTypeInfo(_condition.WhenNotNull).Type, type.TypeArguments[0]);
        if (isLifted && _whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice
            && choice.Left == _whole
            && (choice.Right is ThrowExpressionSyntax
                || SymbolEqualityComparer.Default.Equals(_model.GetTypeInfo(choice.Right).Type, type.TypeArguments[0])))
            return Value(choice, null);
        ExpressionSyntax none = LiteralExpression(SyntaxKind.NullLiteralExpression);
        if (isLifted) none = CastExpression(ParseTypeName(type.ToMinimalDisplayString(_model, _whole.SpanStart)), none);
        return Value(_whole, none);
    }

    /// <summary><c>x is null ? null : await x.LoadAsync()</c>; where no value is given for the missing one, that of a <c>??</c>.</summary>
    private NodeEdit Value(ExpressionSyntax target, ExpressionSyntax? missing) => new(target, current =>
    {
        var access = (current is BinaryExpressionSyntax choice ? choice.Left : current) as ConditionalAccessExpressionSyntax;
        var none = missing ?? (current as BinaryExpressionSyntax)?.Right.WithoutTrivia();
        if (access is null || none is null) return current;
        return Chosen(target, access, Awaited(access, IsPlain() ? Receiver(access) : IdentifierName(Name())), none).WithTriviaFrom(current);
    });

    /// <summary>The body of a function that gives nothing: <c>await (x is null ? Task.CompletedTask : x.FlushAsync())</c>.</summary>
    private NodeEdit? Completed()
    {
        if (_whole.Parent is not (ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax) || _condition.WhenNotNull != _call)
            return null;
        var isKnown = _model.LookupNamespacesAndTypes(_whole.SpanStart, name: "Task")
            .Any(static one => TaskWaits.IsTask(one as ITypeSymbol));
        var done = ParseExpression(isKnown ? "Task.CompletedTask" : "System.Threading.Tasks.Task.CompletedTask");
        return new NodeEdit(_whole, current =>
        {
            if (current is not ConditionalAccessExpressionSyntax access) return current;
            var receiver = IsPlain() ? Receiver(access) : IdentifierName(Name());
            var started = _awaitable(Awaits.Join(receiver, CallIn(access))).WithoutTrivia();
            return Awaits.Keyword(ParenthesizedExpression(Chosen(_whole.Parent, access, started, done))).WithTriviaFrom(current);
        });
    }

    private ExpressionSyntax Chosen(
        SyntaxNode target, ConditionalAccessExpressionSyntax access, ExpressionSyntax there, ExpressionSyntax missing)
    {
        var receiver = Receiver(access);
        there = there.WithoutTrivia();
        var isNull = IsPattern(LanguageVersion.CSharp7)
            ? IsPatternExpression(receiver, Token(TriviaList(Space), SyntaxKind.IsKeyword, TriviaList(Space)),
                ConstantPattern(LiteralExpression(SyntaxKind.NullLiteralExpression)))
            : Comparison(SyntaxKind.EqualsExpression, receiver);
        var choice = IsPlain()
            ? Conditional(isNull, missing, there)
            : Conditional(Pattern(receiver), there, missing);
        return StandsAlone(target) ? choice : ParenthesizedExpression(choice);
    }

    private static ExpressionSyntax Conditional(ExpressionSyntax asked, ExpressionSyntax yes, ExpressionSyntax no) => ConditionalExpression(
        asked, Token(TriviaList(Space), SyntaxKind.QuestionToken, TriviaList(Space)), yes,
        Token(TriviaList(Space), SyntaxKind.ColonToken, TriviaList(Space)), no);

    private static ExpressionSyntax Comparison(SyntaxKind kind, ExpressionSyntax receiver) => BinaryExpression(
        kind, receiver,
        Token(TriviaList(Space), kind is SyntaxKind.EqualsExpression ? SyntaxKind.EqualsEqualsToken : SyntaxKind.ExclamationEqualsToken,
            TriviaList(Space)),
        LiteralExpression(SyntaxKind.NullLiteralExpression));

    private ExpressionSyntax Pattern(ExpressionSyntax receiver)
    {
        var name = SingleVariableDesignation(Identifier(Name()));
        PatternSyntax pattern = IsPattern(LanguageVersion.CSharp8)
            ? RecursivePattern(null, null, PropertyPatternClause(
                    Token(TriviaList(), SyntaxKind.OpenBraceToken, TriviaList(Space)), default,
                    Token(TriviaList(), SyntaxKind.CloseBraceToken, TriviaList(Space))), name)
            : DeclarationPattern(ParseTypeName(Asked()!.ToMinimalDisplayString(_model, _whole.SpanStart)).WithTrailingTrivia(Space), name);
        return IsPatternExpression(receiver, Token(TriviaList(Space), SyntaxKind.IsKeyword, TriviaList(Space)), pattern);
    }

    private bool IsPattern(LanguageVersion since) => ((CSharpParseOptions)_call.SyntaxTree.Options).LanguageVersion >= since;

    /// <summary>The type of what is asked, without its question mark.</summary>
    private ITypeSymbol? Asked() => _model.GetTypeInfo(_condition.Expression).Type is var type
        && type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } number
            ? number.TypeArguments[0]
            : type?.WithNullableAnnotation(NullableAnnotation.None);

    /// <summary>Whether what is asked can be named twice: nobody else changes it meanwhile.</summary>
    private bool IsPlain(bool orField = false) => _condition == _whole
        && SymbolEqualityComparer.Default.Equals(Asked(), _model.GetTypeInfo(_condition.Expression).Type)
        && _condition.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && _model.GetSymbolInfo(_condition.Expression).Symbol is var asked
        && (asked is ILocalSymbol or IParameterSymbol || orField && asked is IFieldSymbol { IsReadOnly: true });

    /// <summary>What is asked whether it is there, all question marks before it included.</summary>
    private ExpressionSyntax Receiver(ConditionalAccessExpressionSyntax access)
    {
        var receivers = new Stack<ExpressionSyntax>();
        for (var (old, now) = (_whole, access); ; (old, now) =
            ((ConditionalAccessExpressionSyntax)old.WhenNotNull, (ConditionalAccessExpressionSyntax)now.WhenNotNull))
        {
            receivers.Push(now.Expression.WithoutTrivia());
            if (old == _condition) break;
        }

        var whole = receivers.Pop();
        while (receivers.Count > 0) whole = ConditionalAccessExpression(receivers.Pop(), whole);
        return whole;
    }

    /// <summary>What follows the question mark, with the call in it awaited and asked of a receiver that is there.</summary>
    private ExpressionSyntax Awaited(ConditionalAccessExpressionSyntax access, ExpressionSyntax receiver)
    {
        var call = CallIn(access);
        var rest = Innermost(access).WhenNotNull;
        var awaited = Awaits.Wrap(_call, _awaitable(Awaits.Join(receiver, call)), isHead: rest != call);
        return rest == call ? awaited : rest.ReplaceNode(call, awaited);
    }

    private ConditionalAccessExpressionSyntax Innermost(ConditionalAccessExpressionSyntax access)
    {
        var now = access;
        for (var old = _whole; old != _condition; old = (ConditionalAccessExpressionSyntax)old.WhenNotNull)
            now = (ConditionalAccessExpressionSyntax)now.WhenNotNull;
        return now;
    }

    private ExpressionSyntax CallIn(ConditionalAccessExpressionSyntax access)
    {
        var now = Innermost(access).WhenNotNull;
        for (var old = _condition.WhenNotNull; old != _call; old = Before(old)!) now = Before(now)!;
        return now;
    }

    /// <summary>The name of what is there: every question of the function that would take the same one gets its own.</summary>
    private string Name()
    {
        var function = Functions.Around(_call)!;
        var taken = new List<string>();
        foreach (var other in function.DescendantNodes().OfType<ConditionalAccessExpressionSyntax>())
        {
            if (other.SpanStart >= _whole.SpanStart || WantedName(other) != WantedName(_condition)) continue;
            taken.Add(LocalNames.Free(_model, _whole.SpanStart, function, WantedName(_condition), taken));
        }

        return LocalNames.Free(_model, _whole.SpanStart, function, WantedName(_condition), taken);
    }

    private string WantedName(ConditionalAccessExpressionSyntax condition) => condition.Expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        var other => _model.GetTypeInfo(other).Type is { Name: { Length: > 0 } type } ? type : "value",
    };

    /// <summary>Where <c>? :</c> needs no parentheses.</summary>
    private static bool StandsAlone(SyntaxNode target) => target is ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax
        || target.Parent is EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or ArgumentSyntax
            or ParenthesizedExpressionSyntax or AnonymousFunctionExpressionSyntax or YieldStatementSyntax or InitializerExpressionSyntax
            or ExpressionElementSyntax
        || target.Parent is AssignmentExpressionSyntax assignment && assignment.Right == target;

    /// <summary>Whether an <c>else</c> that belongs to an <c>if</c> further out would go to one that is put here.</summary>
    private static bool TakesAnElse(StatementSyntax statement)
    {
        for (SyntaxNode node = statement; node.Parent is StatementSyntax or ElseClauseSyntax; node = node.Parent!)
        {
            if (node.Parent is BlockSyntax) return false;
            if (node.Parent is IfStatementSyntax { Else: not null } choice && choice.Statement == node) return true;
        }

        return false;
    }

    /// <summary>What an expression begins with, along a chain of calls.</summary>
    private static ExpressionSyntax? Before(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax call => call.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        ElementAccessExpressionSyntax access => access.Expression,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => sure.Operand,
        ConditionalAccessExpressionSyntax access => access.Expression,
        _ => null,
    };
}

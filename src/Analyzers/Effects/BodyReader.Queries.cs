using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Queries that a provider answers: a database, when it is one, is asked where somebody goes through them.
internal sealed partial class BodyReader
{
    /// <summary>A query that a provider answers: IQueryable, but not one made from objects by AsQueryable.</summary>
    private bool IsQueryable(IOperation? operation)
    {
        return operation is not null && IsQuery(operation.Type) && !ComesFromObjects(operation);
    }

    private bool ComesFromObjects(IOperation? operation) =>
        StartOf(operation) is IInvocationOperation { TargetMethod.Name: "AsQueryable", Arguments: { IsEmpty: false } made }
        && made[0].Value is not IConversionOperation { Operand.Type.Name: "DbSet" };

    /// <summary>Where a query starts, or is made one: behind its steps and the locals that keep them.</summary>
    private IOperation? StartOf(IOperation? query)
    {
        const int LongestChain = 64;
        for (var hop = 0; hop < LongestChain; hop++)
        {
            switch (query)
            {
                case IInvocationOperation { TargetMethod: { Name: not "AsQueryable", ContainingType.Name: "Queryable" } } step
                    when !step.Arguments.IsEmpty:
                    query = ExpressionKeys.Strip(step.Arguments[0].Value);
                    continue;
                case ILocalReferenceOperation { Local: var local } when FirstValue(local) is { } value:
                    query = ExpressionKeys.Strip(value);
                    continue;
                default: return query;
            }
        }

        return null;
    }

    /// <summary><c>var open = orders.Where(…); if (paid) open = open.Where(…);</c>: what the local is made from.</summary>
    private IOperation? FirstValue(ILocalSymbol local) =>
        _body.Locals.TryGetValue(local, out var values) && values.Count > 0 && values.Skip(1).All(next => IsMadeFrom(next, local))
            ? values[0] : null;

    private static bool IsMadeFrom(IOperation? value, ILocalSymbol local)
    {
        value = ExpressionKeys.Strip(value);
        // q = q.ToList() and q = Cached(q) are no step of a query: who goes through what they give asks nobody again.
        while (value is IInvocationOperation { Instance: null, TargetMethod: var step, Arguments: { IsEmpty: false } given }
            && (IsQuery(step.ReturnType) || step.ContainingType.Name == "Enumerable" && GivesSequence(step)))
            value = ExpressionKeys.Strip(given[0].Value);
        return value is ILocalReferenceOperation { Local: var start } && SymbolEqualityComparer.Default.Equals(start, local);
    }

    /// <summary>Nobody can say who answers the query: a database, or a list behind an interface.</summary>
    private bool IsOpenQuery(ApiEntry entry, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments) =>
        (entry.When & ApiConditions.Queryable) != 0 && QueryParameter(entry, receiver, arguments) < 0
        && !ComesFromDatabase(receiver ?? (arguments.Length > 0 ? arguments[0].Value : null));

    /// <summary>The own parameter that the query starts at: whoever passes it knows who answers. Otherwise -1.</summary>
    private int QueryParameter(ApiEntry entry, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments) =>
        (entry.When & ApiConditions.Queryable) != 0
        && StartOf(ExpressionKeys.Strip(receiver ?? (arguments.Length > 0 ? arguments[0].Value : null)))
            is IParameterReferenceOperation { Parameter: var given } start
        && _body.IsOwn(given) && IsQuery(given.Type) && !_body.Assigns(given.Name) && !ComesFromDatabase(start)
            ? given.Ordinal
            : -1;

    /// <summary>Who answers a query that is passed on: a database, or what is in memory.</summary>
    private ArgumentKnowledge AnswerOf(IOperation query) =>
        ComesFromDatabase(query) ? ArgumentKnowledge.Device
        : ComesFromObjects(ExpressionKeys.Strip(query)) ? ArgumentKnowledge.InMemory : ArgumentKnowledge.Unknown;

    /// <summary>
    /// The query starts at a set of Entity Framework or the table of another mapper, or goes through an operator that only those have.
    /// </summary>
    private bool ComesFromDatabase(IOperation? operation)
    {
        const int LongestChain = 64;
        for (var hop = 0; hop < LongestChain; hop++)
        {
            operation = ExpressionKeys.Strip(operation);
            if (operation?.Type is { } type && (type.Name is "DbSet" or "IDbSet" or "ObjectSet" or "Table" or "ITable" || IsProvider(type)))
                return true;
            switch (operation)
            {
                // The store of ASP.NET Core Identity, which is a set of Entity Framework as a rule.
                case IPropertyReferenceOperation
                {
                    Property: { Name: "Users" or "Roles", ContainingType.Name: "UserManager" or "RoleManager" },
                }:
                    return true;
                case IInvocationOperation { TargetMethod: var call } invocation:
                    if (IsProvider(call.ContainingType) || IsProvider(invocation.Instance?.Type)) return true;
                    var given = invocation.Instance ?? (invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value : null);
                    operation = IsQuery(given?.Type) ? given : QueryOf(DeclarationOf(call)) ?? given;
                    continue;
                case IPropertyReferenceOperation { Property: { DeclaringSyntaxReferences: { Length: 1 } declared } }
                    when QueryOf(declared[0].GetSyntax(cancellation)) is { } query:
                    operation = query;
                    continue;
                case ILocalReferenceOperation { Local: var local } when _body.Locals.TryGetValue(local, out var values) && values.Count > 0:
                    operation = values[0];
                    continue;
                case IConditionalOperation choice:
                    operation = choice.WhenTrue;
                    continue;
                default: return false;
            }
        }

        return false;
    }

    /// <summary>
    /// <c>IEnumerable&lt;Order&gt; All() => _db.Orders.AsEnumerable();</c>: the database is asked where somebody goes through it.
    /// </summary>
    private void VisitQueryGivenOn(IReturnOperation returned, IOperation value)
    {
        if (_body.Method is not { IsAsync: false } method || !IsSequence(method.ReturnType) || !LocalUses.StandsIn(returned, method)
            || !IsQueryable(Queried(value)) || !ComesFromDatabase(Queried(value))) return;
        var deferred = _body.Deferred;
        _body.Deferred = true;
        AddEnumeratedQuery(value);
        _body.Deferred = deferred;
    }

    /// <summary>The query that a member of the program gives.</summary>
    private IOperation? QueryOf(SyntaxNode? declaration) =>
        Told.QueryOf(declaration) is { } query ? member.Models.Of(query.SyntaxTree)?.GetOperation(query, cancellation) : null;

    private static bool IsProvider(ITypeSymbol? type)
    {
        for (var space = type?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            if (space.Name is "EntityFrameworkCore" or "LinqToDB" or "NHibernate"
                || space is { Name: "Entity", ContainingNamespace.Name: "Data" }) return true;
        return false;
    }

    /// <summary>A query is given to a collection that is filled from it, or to what marks all that it finds.</summary>
    private void VisitFilled(IMethodSymbol taker, ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (IsSequence(argument.Parameter?.OriginalDefinition.Type) && IsQueryable(Queried(argument.Value))
                && (Takes(taker, argument) || IsProvider(taker.ContainingType) && taker.Name.EndsWith("Range", StringComparison.Ordinal)))
                AddEnumeratedQuery(argument.Value, DisplayName(taker) + Step.GivenQuery);
        }
    }

    private void AddEnumeratedQuery(IOperation query, string name = Step.EnumeratedQuery) => _body.Add(new Step
    {
        Kind = StepKind.Blocks,
        Span = query.Syntax.Span,
        Name = name,
        BlockKind = BlockKind.Database,
        Brief = !ComesFromDatabase(Queried(query)),
        Cold = _body.HoldsPerhaps,
        Exceptional = _body.InHandler,
        Conditional = _body.Conditional,
        Once = _body.IsOnce,
        Conditions = _body.Conditions(),
        Locks = _body.Locks,
    });
}

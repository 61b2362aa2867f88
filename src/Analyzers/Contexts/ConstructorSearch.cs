using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Who constructs a type: creations, chained constructors, derived types; and signs that somebody may do it unseen.</summary>
internal sealed class ConstructorSearch(CallerSearch search, SourceModels models, IMethodSymbol constructor, CancellationToken cancellation)
{
    private readonly INamedTypeSymbol _type = constructor.ContainingType;

    public void Run()
    {
        foreach (var mention in search.Mentions(_type.Name)) search.Look(mention, model => OfMention(mention, model));
        foreach (var creation in search.ImplicitCreations(_type.Name)) search.Look(creation, model => OfCreation(creation, model));
        foreach (var sibling in _type.InstanceConstructors) OfInitializer(sibling, ofDerived: false);
    }

    private void OfMention(SimpleNameSyntax mention, SemanticModel model)
    {
        SyntaxNode name = mention;
        while (name.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax) name = name.Parent;
        switch (name.Parent)
        {
            case ObjectCreationExpressionSyntax or PrimaryConstructorBaseTypeSyntax:
                OfCreation(name.Parent, model);
                OfDerived(name.Parent, model);
                break;
            case SimpleBaseTypeSyntax:
                OfDerived(name.Parent, model);
                break;
            // Under another name, by reflection, or by whoever gets the type as an argument: who constructs it is not to be seen.
            case UsingDirectiveSyntax { Alias: not null } or TypeOfExpressionSyntax when IsType(mention, model):
            case TypeArgumentListSyntax { Parent: GenericNameSyntax generic } when MayConstruct(generic, model) && IsType(mention, model):
                search.Miss();
                break;
        }
    }

    private bool IsType(SimpleNameSyntax mention, SemanticModel model) =>
        CallerSearch.IsSame(model.GetSymbolInfo(mention, cancellation).Symbol, _type);

    /// <summary>
    /// <c>AddSingleton&lt;Shop&gt;()</c> may construct, <c>List&lt;Shop&gt;</c> does not, a type that asks for <c>new()</c> does.
    /// </summary>
    private bool MayConstruct(GenericNameSyntax generic, SemanticModel model) =>
        model.GetSymbolInfo(generic, cancellation).Symbol is not INamedTypeSymbol holder
        || holder.TypeParameters.Any(static parameter => parameter.HasConstructorConstraint);

    private void OfCreation(SyntaxNode creation, SemanticModel model)
    {
        var info = model.GetSymbolInfo(creation, cancellation);
        var isOurs = (ISymbol? found) => CallerSearch.IsSame(found, constructor);
        if (isOurs(info.Symbol)) search.Add(creation, model);
        else if (info.Symbol is null && (info.CandidateSymbols.IsEmpty || info.CandidateSymbols.Any(isOurs))) search.Miss();
    }

    private void OfDerived(SyntaxNode baseType, SemanticModel model)
    {
        if (baseType.Parent?.Parent is not TypeDeclarationSyntax declaration) return;
        if (model.GetDeclaredSymbol(declaration, cancellation) is not { } derived || !CallerSearch.IsSame(derived.BaseType, _type)) return;
        foreach (var candidate in derived.InstanceConstructors) OfInitializer(candidate, ofDerived: true);
    }

    /// <summary>A constructor that runs ours first: through <c>: base(…)</c> or <c>: this(…)</c>, or by saying nothing.</summary>
    private void OfInitializer(IMethodSymbol caller, bool ofDerived)
    {
        switch (caller.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation))
        {
            case ConstructorDeclarationSyntax { Initializer: { } initializer }:
                if (models.Of(initializer.SyntaxTree) is { } model) OfCreation(initializer, model);
                else search.Miss();
                break;
            case TypeDeclarationSyntax { BaseList: { } list } when list.Types.Any(static type => type is PrimaryConstructorBaseTypeSyntax):
                // Its arguments are a creation of their own, seen where the base is named.
                break;
            default:
                var takesNothing = constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams);
                if (ofDerived && takesNothing) search.Add(caller);
                break;
        }
    }
}

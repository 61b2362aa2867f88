using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>Something about the parameters of a body on which a step depends.</summary>
internal enum ConditionKind
{
    /// <summary>The bool parameter has the given value (dual-mode methods).</summary>
    ParameterIs,

    /// <summary>The parameter of an enumeration is the value asked for, or is not.</summary>
    ParameterEquals,

    /// <summary>The parameter is known to have the value asked for.</summary>
    ValueAsked,

    /// <summary>The parameter is not known to have another value than the one asked for.</summary>
    ValuePassed,

    /// <summary>The parameter is known to have the value asked for, or nobody knows whether something else is enough.</summary>
    ValueSuffices,

    /// <summary>The task parameter is not known to be complete.</summary>
    NotCompleted,

    /// <summary>The stream parameter is not known to be in memory.</summary>
    NotInMemory,

    /// <summary>The parameter is not known to be an object of few values, nor the text that one is written as.</summary>
    NotOfRecord,

    /// <summary>The time-out parameter is not known to be zero.</summary>
    NotZero,

    /// <summary>The parameter is not known to be of another type than the one asked for.</summary>
    ParameterIsOfType,

    /// <summary>The parameter is not known to be a number below the one asked for.</summary>
    NotBelow,

    /// <summary>The parameter is known to be the number asked for, or a greater one.</summary>
    AtLeast,

    /// <summary>Loops over input around the call choose one of the parameters.</summary>
    ChosenByLoop,

    /// <summary>Elements of two different loops around the call are given for two of the parameters.</summary>
    ChosenByTwoLoops,

    /// <summary>Somebody walks through the sequence that the body gives.</summary>
    WalkedThrough,
}

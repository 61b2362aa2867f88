using System.Reflection.Metadata;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

// Why signatures are walked before they are decoded
// -------------------------------------------------
// The decoder trusts its input: it calls itself for each level of a type, so that a file of a few kilobytes overflows the stack, and
// sets room aside for as many parameters as a number says. Neither can be caught. What compilers write is shallow and short.

/// <summary>Refuses signatures that only somebody with bad intentions writes.</summary>
internal static class SignatureGuard
{
    private const int Deepest = 64;
    private const int HighestRank = 32;
    private const int ValueType = 0x11;
    private const int Class = 0x12;

    /// <exception cref="BadImageFormatException">It is nested too deeply, or counts more than it holds.</exception>
    public static void Check(BlobReader signature, bool isMethod)
    {
        if (isMethod) Method(ref signature, 0);
        else Type(ref signature, 0);
    }

    /// <summary>Whether the definition behind one of the parameters' types, or behind its elements, is as wanted.</summary>
    /// <exception cref="BadImageFormatException">The signature is nested too deeply, or counts more than it holds.</exception>
    [MethodImpl(Speed.Hot)]
    public static bool AnyParameter(BlobReader signature, Func<EntityHandle, bool> isWanted)
    {
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        var parameters = Count(ref signature);
        Type(ref signature, 0);
        for (var i = 0; i < parameters; i++)
        {
            if (isWanted(DefinitionAt(signature))) return true;
            Type(ref signature, 0);
        }

        return false;
    }

    /// <summary>Whether one of the parameters is a truth value, or a structure, as enumerations are.</summary>
    /// <exception cref="BadImageFormatException">The signature is nested too deeply, or counts more than it holds.</exception>
    public static bool AnyChoice(BlobReader signature)
    {
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        var parameters = Count(ref signature);
        Type(ref signature, 0);
        for (var i = 0; i < parameters; i++)
        {
            var parameter = signature;
            if (parameter.ReadCompressedInteger() is (int)SignatureTypeCode.Boolean or ValueType or (int)SignatureTypeCode.RequiredModifier
                or (int)SignatureTypeCode.OptionalModifier) return true;
            Type(ref signature, 0);
        }

        return false;
    }

    /// <summary>The definition behind the type of a method's result, or behind its elements.</summary>
    public static EntityHandle Result(BlobReader signature)
    {
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        signature.ReadCompressedInteger();
        return DefinitionAt(signature);
    }

    /// <summary>Whether a method gives an object, or a structure.</summary>
    public static bool GivesObject(BlobReader signature)
    {
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger() is ValueType or Class or (int)SignatureTypeCode.GenericTypeInstance
            or (int)SignatureTypeCode.RequiredModifier or (int)SignatureTypeCode.OptionalModifier;
    }

    private static EntityHandle DefinitionAt(BlobReader blob)
    {
        while (blob.RemainingBytes > 0)
        {
            var code = blob.ReadCompressedInteger();
            if (code is ValueType or Class) return blob.ReadTypeHandle();
            if ((SignatureTypeCode)code is SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier) blob.ReadTypeHandle();
            else if ((SignatureTypeCode)code is not (SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray
                or SignatureTypeCode.Array or SignatureTypeCode.Pinned or SignatureTypeCode.Sentinel
                or SignatureTypeCode.GenericTypeInstance)) break;
        }

        return default;
    }

    [MethodImpl(Speed.Hot)]
    private static void Method(ref BlobReader blob, int depth)
    {
        var header = blob.ReadSignatureHeader();
        if (header.IsGeneric) blob.ReadCompressedInteger();
        var parameters = Count(ref blob);
        for (var i = 0; i <= parameters; i++) Type(ref blob, depth + 1);
    }

    [MethodImpl(Speed.Hot)]
    private static void Type(ref BlobReader blob, int depth)
    {
        for (; depth < Deepest; depth++)
        {
            var code = blob.ReadCompressedInteger();
            switch ((SignatureTypeCode)code)
            {
                case SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray or SignatureTypeCode.Pinned
                    or SignatureTypeCode.Sentinel:
                    continue;
                case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                    blob.ReadCompressedInteger();
                    continue;
                case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                    blob.ReadCompressedInteger();
                    return;
                case SignatureTypeCode.Array:
                    Type(ref blob, depth + 1);
                    Shape(ref blob);
                    return;
                case SignatureTypeCode.GenericTypeInstance:
                    Type(ref blob, depth + 1);
                    for (var i = Count(ref blob); i > 0; i--) Type(ref blob, depth + 1);
                    return;
                case SignatureTypeCode.FunctionPointer:
                    Method(ref blob, depth + 1);
                    return;
                default:
                    if (code is ValueType or Class) blob.ReadCompressedInteger();
                    return;
            }
        }

        throw new BadImageFormatException("A type is nested too deeply to be true.");
    }

    private static void Shape(ref BlobReader blob)
    {
        if (blob.ReadCompressedInteger() > HighestRank) throw new BadImageFormatException("An array has too many dimensions to be true.");
        for (var i = Count(ref blob); i > 0; i--) blob.ReadCompressedInteger();
        for (var i = Count(ref blob); i > 0; i--) blob.ReadCompressedSignedInteger();
    }

    /// <summary>Each thing that is counted takes a byte or more.</summary>
    private static int Count(ref BlobReader blob)
    {
        var count = blob.ReadCompressedInteger();
        return count <= blob.RemainingBytes ? count
            : throw new BadImageFormatException("A signature counts more than it holds.");
    }
}
